import { checkActivity, checkFile } from './verify-checks.ts';
import { findVerifyPage, type VerifyPage } from './verify-elements.ts';

const page = findVerifyPage();
if (page) listen(page);

function listen(page: VerifyPage): void {
  for (const part of page.hiddenParts) part.hidden = false;
  page.file.addEventListener('change', () => {
    const [file] = page.file.files ?? [];
    if (file) void checkFile(file, page);
  });
  page.fileForm.addEventListener('dragover', (event) => event.preventDefault());
  page.fileForm.addEventListener('drop', (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void checkFile(file, page);
  });
  page.activityForm.addEventListener('submit', (event) => {
    event.preventDefault();
    void checkActivity(page.activity.value, page);
  });
}
