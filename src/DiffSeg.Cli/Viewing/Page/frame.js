// Where things are on the stage.

// As large as the stage allows, in the picture's proportions.
export function fitFrame(stage, frame, picture) {
  const style = getComputedStyle(stage);
  const width = stage.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const height = stage.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const scale = Math.min(width / picture.width, height / picture.height);
  frame.style.width = `${picture.width * scale}px`;
  frame.style.height = `${picture.height * scale}px`;
}

// A canvas over the part of the picture that it shows.
export function place(canvas, part, picture) {
  canvas.style.left = `${100 * part.left / picture.width}%`;
  canvas.style.top = `${100 * part.top / picture.height}%`;
  canvas.style.width = `${100 * part.width / picture.width}%`;
  canvas.style.height = `${100 * part.height / picture.height}%`;
}

// The picture's pixel under the pointer; null beside it.
export function spotAt(frame, event, picture) {
  const box = frame.getBoundingClientRect();
  const x = Math.floor((event.clientX - box.left) / box.width * picture.width);
  const y = Math.floor((event.clientY - box.top) / box.height * picture.height);
  return x < 0 || y < 0 || x >= picture.width || y >= picture.height ? null : { x, y };
}
