// The list of segments.

const most = 40;

export function listSegments(list, mask, palette, hovered) {
  if (!mask) {
    list.replaceChildren();
    return;
  }

  const largest = [...mask.segments].sort((a, b) => b.share - a.share);
  const rows = largest.slice(0, most).map(segment => {
    const row = document.createElement('li'), colour = document.createElement('i');
    const name = document.createElement('b'), share = document.createElement('span');
    colour.style.background = palette[segment.label % palette.length];
    name.textContent = segment.label;
    share.textContent = `${(100 * segment.share).toFixed(1)} %`;
    row.append(colour, name, share);
    row.dataset.label = segment.label;
    row.addEventListener('pointerenter', () => hovered(segment.label));
    row.addEventListener('pointerleave', () => hovered(null));
    return row;
  });
  if (largest.length > most) {
    const rest = document.createElement('li');
    rest.className = 'more';
    rest.textContent = `and ${largest.length - most} more`;
    rows.push(rest);
  }

  list.replaceChildren(...rows);
}

export function markSegment(list, label) {
  for (const row of list.children) row.classList.toggle('here', label !== null && row.dataset.label === String(label));
}
