// Masks and attention maps onto canvases.

const white = 0xffffffff;
const dark = 0xb0000000;

// Label and length, label and length, ...
export function labelsOf(mask) {
  const labels = new Uint16Array(mask.width * mask.height);
  let at = 0;
  for (let i = 0; i < mask.runs.length; i += 2) {
    labels.fill(mask.runs[i], at, at += mask.runs[i + 1]);
  }
  return labels;
}

// "#RRGGBB" as the bytes of a canvas, opaque.
export function packed(colour) {
  const rgb = parseInt(colour.slice(1), 16);
  return (0xff000000 | (rgb & 0xff) << 16 | rgb & 0xff00 | rgb >> 16) >>> 0;
}

// Each label in its colour; where one stands out, the others are faint.
export function paintLabels(canvas, labels, width, height, colours, outstanding) {
  const lookup = new Uint32Array(65536);
  for (let label = 0; label < lookup.length; label++) {
    const colour = colours[label % colours.length];
    lookup[label] = outstanding === null || label === outstanding ? colour : (colour & 0xffffff | 0x50000000) >>> 0;
  }
  draw(canvas, width, height, pixels => {
    for (let i = 0; i < labels.length; i++) pixels[i] = lookup[labels[i]];
  });
}

// A white line on both sides of where two labels meet, with a dark one beside it for bright pictures.
export function paintLines(canvas, labels, width, height) {
  draw(canvas, width, height, pixels => {
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (x + 1 < width && labels[i + 1] !== labels[i]) drawLine(pixels, i, 1, x + 2 < width);
        if (y + 1 < height && labels[i + width] !== labels[i]) drawLine(pixels, i, width, y + 2 < height);
      }
    }
  });
}

function drawLine(pixels, i, step, hasRoom) {
  pixels[i] = pixels[i + step] = white;
  if (hasRoom && pixels[i + 2 * step] === 0) pixels[i + 2 * step] = dark;
}

// Everything but label 1 goes dark.
export function paintVeil(canvas, labels, width, height) {
  draw(canvas, width, height, pixels => {
    for (let i = 0; i < labels.length; i++) pixels[i] = labels[i] ? 0 : 0xb8000000;
  });
}

export function clear(canvas) {
  canvas.width = canvas.height = 1;
}

// Every fourth colour of the library's heat maps (HeatScale): lightness rises evenly, for colour-blind eyes too.
const heat = ['#0E1135', '#37135C', '#652071', '#933576', '#BC5070', '#DE7367', '#F49C67', '#FECA7C', '#FDF8A8'];

// Weak tokens let the picture through. The map is stretched over the part of the picture that it shows.
export function paintHeat(canvas, map, width, height) {
  const values = Uint8Array.from(atob(map.values), letter => letter.charCodeAt(0));
  // Beyond the outermost tokens these count: one more all around.
  const tokens = new OffscreenCanvas(1, 1), wide = map.width + 2, high = map.height + 2;
  draw(tokens, wide, high, pixels => {
    for (let i = 0; i < pixels.length; i++) {
      const x = within(i % wide - 1, map.width), y = within(Math.floor(i / wide) - 1, map.height);
      pixels[i] = heatOf(values[y * map.width + x]);
    }
  });
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  const x = width / map.spanWidth, y = height / map.spanHeight;
  context.drawImage(tokens, -(map.left + 1) * x, -(map.top + 1) * y, wide * x, high * y);
}

const within = (place, count) => Math.max(0, Math.min(count - 1, place));

function heatOf(value) {
  const place = value / 255 * (heat.length - 1), step = Math.min(heat.length - 2, Math.floor(place)), share = place - step;
  const low = packed(heat[step]), high = packed(heat[step + 1]);
  const mix = shift => Math.round((low >> shift & 255) * (1 - share) + (high >> shift & 255) * share) << shift;
  const alpha = 90 + Math.round(136 * value / 255);
  return (alpha << 24 | mix(16) | mix(8) | mix(0)) >>> 0;
}

function draw(canvas, width, height, fill) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  fill(new Uint32Array(image.data.buffer));
  context.putImageData(image, 0, 0);
}
