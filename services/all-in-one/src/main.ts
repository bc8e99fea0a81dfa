import { reportFailure } from '@artdag/runtime';
import { serve } from './serve.ts';

await serve(process.env).catch(reportFailure);
