/** A file that is dropped where nobody takes it would replace the page: the browser opens it. */
export function refuseStrayDrops(takes: () => boolean): () => void {
  const refuse = (event: DragEvent) => {
    if (takes() || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
  return () => {
    window.removeEventListener('dragover', refuse);
    window.removeEventListener('drop', refuse);
  };
}
