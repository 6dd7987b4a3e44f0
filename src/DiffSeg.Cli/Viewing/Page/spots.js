// The spots that a segment grows from, and those that it leaves out.

const most = 32;

// The spots with one more. One of the same pixel is replaced by it; as they are where none would be left to grow from, or
// they are too many.
export function withSpot(spots, spot) {
  const others = spots.filter(other => other.x !== spot.x || other.y !== spot.y);
  const all = [...others, spot].sort((one, other) => Number(!!one.out) - Number(!!other.out));
  return all[0].out || all.length > most ? spots : all;
}

export function markSpots(layer, spots, picture) {
  layer.replaceChildren(...spots.map(spot => {
    const mark = document.createElement('i');
    mark.classList.toggle('out', !!spot.out);
    mark.style.left = `${100 * (spot.x + 0.5) / picture.width}%`;
    mark.style.top = `${100 * (spot.y + 0.5) / picture.height}%`;
    return mark;
  }));
}
