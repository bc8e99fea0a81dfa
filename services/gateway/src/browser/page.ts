import { addCopyButtons } from './copy-buttons.ts';
import { tellRelativeTimes } from './relative-times.ts';

addCopyButtons(document);
tellRelativeTimes(document, new Date());
