import { getJson, Newest } from './requests.js';
import { clear, labelsOf, packed, paintHeat, paintLabels, paintLines, paintVeil } from './paint.js';
import { listSegments, markSegment } from './segments.js';
import { fitFrame, place, spotAt } from './frame.js';
import { markSpots, withSpot } from './spots.js';
import { listenToKeys } from './keys.js';

const $ = id => document.getElementById(id);
const busyAfter = 200;

const album = await getJson('api/pictures');
const colours = album.palette.map(packed);
const requests = new Newest();

// What is looked at, and how.
const view = {
  index: 0,
  mode: 'overlay',
  source: 'live',
  finding: 'attention',
  threshold: album.threshold,
  live: null,      // the picture's size, the part of it that the model saw, whether there is a stored mask
  mask: null,      // the answer on show, with its labels
  spots: [],       // the spots asked about last
  point: null,     // the spots on show, with their answer
  hovered: null,   // label under the pointer
  blind: false,    // whether the browser cannot show the picture
};

// --- Asking ---

const address = what => `api/pictures/${view.index}/${what}`;

function show(index) {
  view.index = Math.max(0, Math.min(album.pictures.length - 1, index));
  Object.assign(view, { live: null, mask: null, spots: [], point: null, hovered: null, source: 'live', blind: false });
  location.replace(`#${view.index}`);
  document.title = `${album.pictures[view.index]} - diffseg view`;
  $('name').value = view.index;
  $('place').value = `${view.index + 1} / ${album.pictures.length}`;
  $('previous').disabled = view.index === 0;
  $('next').disabled = view.index === album.pictures.length - 1;
  $('frame').hidden = true;
  $('photo').src = address('picture');
  requests.cancel();
  askMask();
}

function askMask() {
  const isStored = view.source === 'stored';
  ask(address(isStored ? 'stored' : `mask?threshold=${view.threshold}`), mask => {
    if (!isStored) view.live = { picture: mask.picture, part: mask.part, stored: mask.stored };
    view.mask = { ...mask, ...view.live, isStored, labels: labelsOf(mask) };
    if (isStored && inProportion(mask, view.live.picture)) {
      view.mask.part = { top: 0, left: 0, ...view.live.picture };
    }

    Object.assign(view, { spots: [], point: null, hovered: null });
    $('frame').hidden = false;
    render();
  });
}

const inProportion = (one, other) => one.width * other.height === one.height * other.width;

// The first spot's attention, and the segment of all.
function askPoint(spots) {
  const [first, ...others] = view.spots = spots;
  const more = others.map(spot => `&${spot.out ? 'without' : 'with'}=${spot.x},${spot.y}`).join('');
  ask(address(`point?x=${first.x}&y=${first.y}${more}`), answer => {
    if (view.spots !== spots) return; // left meanwhile
    view.point = { spots, ...answer, labels: labelsOf(answer.segment) };
    view.hovered = null;
    render();
  });
}

function ask(path, done) {
  requests.ask(async signal => {
    const timer = setTimeout(() => {
      $('busy').textContent = view.live ? 'One moment \u2026' : 'The model looks at the picture \u2026';
      $('busy').hidden = false;
    }, busyAfter);
    try {
      const answer = await getJson(path, signal);
      say('');
      done(answer);
    } catch (problem) {
      if (problem.name === 'AbortError') throw problem;
      say(problem.message);
    } finally {
      clearTimeout(timer);
      $('busy').hidden = true;
    }
  });
}

function say(problem) {
  $('problem').hidden = !problem;
  $('problem').textContent = problem;
  if (problem) {
    $('frame').hidden = true;
    Object.assign(view, { mask: null, spots: [], point: null });
    render();
  }
}

// --- Showing ---

function render() {
  const { mask, point, mode } = view;
  const opacity = $('opacity').value / 100;
  $('threshold-value').value = view.threshold.toFixed(2);
  $('opacity-value').value = `${$('opacity').value} %`;
  $('sources').hidden = !mask?.stored;
  document.querySelectorAll('input[type=radio]').forEach(radio => radio.checked = view[radio.name] === radio.value);
  listSegments($('list'), mask, album.palette, label => hover(label));
  $('count').textContent = mask ? mask.segments.length : '';
  $('save').hidden = !mask || mask.isStored;
  $('save').href = address(`mask.png?threshold=${view.threshold}`);
  $('facts').textContent = mask ? factsOf(mask) : '';
  renderPoint();
  if (!mask) return;

  fitFrame($('stage'), $('frame'), mask.picture);
  for (const canvas of [$('mask'), $('heat'), $('lines')]) place(canvas, mask.part, mask.picture);
  $('photo').style.visibility = view.blind || (mode === 'mask' && !point) ? 'hidden' : 'visible';
  $('mask').style.opacity = point || mode === 'picture' ? 0 : mode === 'mask' ? 1 : opacity;
  // Greys beneath heat, so that no colour of the picture is taken for heat.
  $('photo').classList.toggle('grey', !!point && view.finding === 'attention');
  paintMask();
  renderLines();
}

function paintMask() {
  const { mask, hovered } = view;
  paintLabels($('mask'), mask.labels, mask.width, mask.height, colours, hovered);
  markSegment($('list'), hovered);
}

function renderLines() {
  const { mask, point, mode } = view;
  const shown = point ? { ...point.segment, labels: point.labels } : mask;
  if ($('outlines').checked && (point || mode !== 'picture')) {
    paintLines($('lines'), shown.labels, shown.width, shown.height);
  } else {
    clear($('lines'));
  }
}

function renderPoint() {
  const { mask, point } = view;
  $('point-hint').hidden = !!point;
  $('point-facts').hidden = !point;
  markSpots($('spots'), point?.spots ?? [], mask?.picture);
  if (!point || !mask) {
    clear($('heat'));
    return;
  }

  $('tip').hidden = true;
  const [first, ...others] = point.spots;
  $('point-text').textContent =
    `${others.length > 0 ? `${point.spots.length} spots` : `${first.x}, ${first.y}`}: a segment of ${percent(point.segment.share)}.`;
  if (view.finding === 'attention') {
    paintHeat($('heat'), point.attention, mask.width, mask.height);
  } else {
    paintVeil($('heat'), point.labels, point.segment.width, point.segment.height);
  }
}

function factsOf(mask) {
  if (view.blind) return 'The browser cannot show this picture.';
  if (!mask.isStored) return `${album.model}: encoded in ${Math.round(mask.encodingTime)} ms, mask in ${Math.round(mask.segmentingTime)} ms`;
  return `Stored mask, ${mask.width} x ${mask.height}${inProportion(mask, mask.part) ? '' : ', stretched'}`;
}

const percent = share => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

function hover(label) {
  if (!view.mask || view.point || label === view.hovered) return;
  view.hovered = label;
  paintMask();
}

// --- Listening ---

function setMode(mode) {
  view.mode = mode;
  Object.assign(view, { spots: [], point: null });
  render();
}

function setSource(source) {
  if (!view.mask?.stored) return;
  view.source = source;
  askMask();
}

function setFinding(finding) {
  view.finding = finding;
  render();
}

// The slider counts octaves around the threshold that the viewer began with.
function setThreshold(octaves) {
  $('threshold').value = octaves;
  view.threshold = album.threshold * 2 ** $('threshold').value;
  $('threshold-value').value = view.threshold.toFixed(2);
  view.source = 'live';
  askMask();
}

function setOpacity(value) {
  $('opacity').value = value;
  if (view.mode !== 'overlay') view.mode = 'overlay';
  render();
}

function leaveSpot() {
  Object.assign(view, { spots: [], point: null });
  render();
}

$('name').append(...album.pictures.map((name, i) => new Option(name, i)));
$('name').addEventListener('change', () => {
  show(Number($('name').value));
  $('name').blur();
});
$('previous').addEventListener('click', () => show(view.index - 1));
$('next').addEventListener('click', () => show(view.index + 1));
$('threshold').addEventListener('input', () => setThreshold($('threshold').value));
$('opacity').addEventListener('input', () => setOpacity($('opacity').value));
$('outlines').addEventListener('change', renderLines);
$('clear').addEventListener('click', leaveSpot);
$('help-button').addEventListener('click', () => $('help').showModal());
$('modes').addEventListener('change', event => setMode(event.target.value));
$('sources').addEventListener('change', event => setSource(event.target.value));
$('findings').addEventListener('change', event => setFinding(event.target.value));
$('photo').addEventListener('error', () => {
  view.blind = true;
  render();
});

// What was set with the pointer gives the arrow keys back to the pictures.
addEventListener('pointerup', () => setTimeout(() => document.activeElement?.matches('input') && document.activeElement.blur()));

$('frame').addEventListener('click', event => {
  const spot = spotAt($('frame'), event, view.mask.picture);
  if (!spot || !isIn(view.live.part, spot)) return;
  if (!event.shiftKey && !event.altKey) {
    askPoint([spot]);
    return;
  }

  // To see what it changes, the segment is shown.
  const spots = withSpot(view.spots, { ...spot, out: event.altKey });
  if (spots === view.spots) return;
  if (spots.length > 1) view.finding = 'segment';
  askPoint(spots);
});
$('frame').addEventListener('pointermove', event => {
  const { mask } = view;
  const spot = mask && !view.point && view.mode !== 'picture' ? spotAt($('frame'), event, mask.picture) : null;
  const label = spot ? labelAt(mask, spot) : null;
  hover(label);
  $('tip').hidden = label === null;
  if (label !== null) {
    const stage = $('stage').getBoundingClientRect();
    $('tip').textContent = `${label}: ${percent(mask.segments.find(segment => segment.label === label).share)}`;
    $('tip').style.translate = `${event.clientX - stage.left + 14}px ${event.clientY - stage.top + 14}px`;
  }
});
$('frame').addEventListener('pointerleave', () => {
  hover(null);
  $('tip').hidden = true;
});

const isIn = (part, spot) =>
  spot.x >= part.left && spot.y >= part.top && spot.x < part.left + part.width && spot.y < part.top + part.height;

function labelAt(mask, spot) {
  const { part } = mask;
  if (!isIn(part, spot)) return null;
  const x = Math.floor((spot.x - part.left) * mask.width / part.width);
  const y = Math.floor((spot.y - part.top) * mask.height / part.height);
  return mask.labels[y * mask.width + x];
}

listenToKeys({
  step: by => show(view.index + by),
  first: () => show(0),
  last: () => show(album.pictures.length - 1),
  mode: setMode,
  threshold: by => setThreshold(by === 0 ? 0 : Number($('threshold').value) + by),
  opacity: by => setOpacity(Number($('opacity').value) + by),
  outlines: () => $('outlines').click(),
  finding: () => view.point && setFinding(view.finding === 'attention' ? 'segment' : 'attention'),
  source: () => setSource(view.source === 'live' ? 'stored' : 'live'),
  leave: leaveSpot,
  help: () => $('help').showModal(),
});

new ResizeObserver(() => view.mask && fitFrame($('stage'), $('frame'), view.mask.picture)).observe($('stage'));
addEventListener('hashchange', () => {
  const index = Number(location.hash.slice(1));
  if (index !== view.index) show(index);
});

show(Number(location.hash.slice(1)) || 0);
