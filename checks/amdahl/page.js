"use strict";

// The formulas of models/amdahl in double precision. tests/amdahl/test_page.py compares each of
// them with its equation, in the browser.
const formulas = {
  time: (ratio, scalable, share) => (1 - scalable) / (1 + (ratio - 1) * share) + scalable / (1 - share),
  threshold: (ratio) => 1 - 1 / ratio,
  critical_ratio: (scalable) => 1 / (1 - scalable),
  break_even: (ratio, scalable) => (ratio * (1 - scalable) - 1) / (ratio - 1),
  balance: (ratio, scalable) => Math.sqrt(((1 - scalable) * (ratio - 1)) / scalable),
  optimal_allocation: (ratio, balance) => (balance - 1) / (balance + ratio - 1),
  optimal_time: (ratio, scalable) =>
    (Math.sqrt(scalable * (ratio - 1)) + Math.sqrt(1 - scalable)) ** 2 / ratio,
  peak_ratio: (scalable) => 2 / (1 - Math.sqrt(scalable)),
  peak_allocation: (scalable) => (1 - Math.sqrt(scalable)) / (1 + Math.sqrt(scalable)),
  // Where x* = c: there the two parts of T change equally fast, (1-s)(R-1)(1-x)² = s(1+(R-1)x)².
  share_contour: (ratio, share) => {
    const gain = (ratio - 1) * (1 - share) ** 2;
    return gain / (gain + (1 + (ratio - 1) * share) ** 2);
  },
  // Where T* = t, for R >= 1/t: with s = sin²θ and 1/R = cos²φ, T* is cos²(φ-θ).
  time_contour: (ratio, time) =>
    Math.sin(Math.acos(Math.sqrt(1 / ratio)) - Math.acos(Math.sqrt(time))) ** 2,
};

// Exact rational numbers, for what is typed: the verdict is decided without rounding.

const LONGEST = 60;
const GREATEST_EXPONENT = 120;

function parseNumber(text) {
  const found = /^\+?(\d*)(?:\.(\d*))?(?:e([+-]?\d+)|\/(\d+))?$/i.exec(text.trim());
  if (!found || text.trim().length > LONGEST) return null;
  const [, whole, part = "", exponent = "0", below] = found;
  if (whole + part === "" || (below !== undefined && text.includes("."))) return null;
  if (Math.abs(Number(exponent)) > GREATEST_EXPONENT) return null;
  const scale = BigInt(exponent) - BigInt(part.length);
  const above = BigInt(whole + part) * 10n ** (scale > 0n ? scale : 0n);
  const under = below === undefined ? 10n ** (scale < 0n ? -scale : 0n) : BigInt(below);
  if (under === 0n) return null;
  const value = below === undefined ? Number(text) : Number(above) / Number(under);
  return { above, below: under, value, text: text.trim() };
}

const collapses = (ratio, scalable) => // R (1-s) <= 1
  ratio.above * (scalable.below - scalable.above) <= ratio.below * scalable.below;

function readRatio(text) {
  const number = parseNumber(text);
  if (!number) return "R is a number such as 4, 5/2 or 2.5.";
  if (number.above === 0n) return "R is greater than 0.";
  return number.value >= 1e-100 && number.value <= 1e100 ? number : "This page draws R from 1e-100 to 1e100.";
}

function readScalable(text) {
  const number = parseNumber(text);
  if (!number) return "s is a number such as 0, 1/2 or 0.75.";
  if (number.above > number.below) return "s is at most 1.";
  const ends = number.above === 0n || number.above === number.below;
  return ends || (number.value >= 1e-100 && number.value <= 1 - 1e-9)
    ? number : "This page draws s = 0, s = 1, and s from 1e-100 to 1 − 1e-9.";
}

// All that is shown of a point. `null`: there is no such number.

function answers(point) {
  const { ratio, scalable, collapse } = point;
  const inner = scalable > 0 && scalable < 1;
  const found = {
    threshold: formulas.threshold(ratio),
    critical_ratio: scalable < 1 ? formulas.critical_ratio(scalable) : null,
    allocation: 0,
    time: 1,
    break_even: null,
    peak_ratio: inner ? formulas.peak_ratio(scalable) : null,
    peak_allocation: inner ? formulas.peak_allocation(scalable) : null,
  };
  if (!collapse && scalable === 0) {
    found.allocation = null;
    found.time = 1 / ratio;
  } else if (!collapse) {
    found.allocation = bestShare(ratio, scalable);
    found.time = Math.min(1, formulas.optimal_time(ratio, scalable));
    found.break_even = Math.max(0, formulas.break_even(ratio, scalable));
  }
  found.speedup = 1 / found.time;
  return found;
}

// For 0 < s; rounding may put a point at the threshold on its wrong side.
const bestShare = (ratio, scalable) =>
  ratio <= 1 || scalable >= 1 ? 0
    : Math.max(0, formulas.optimal_allocation(ratio, formulas.balance(ratio, scalable)));

// Numbers for a reader.

const MINUS = "\u2212";

function show(value, digits = 6) {
  if (value === null) return "none";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (value !== 0 && (power < -5 || power > 8)) {
    return `${Number(mantissa)} × 10${raised(power)}`.replace("-", MINUS);
  }
  return Number(value.toPrecision(digits)).toLocaleString("en", { maximumSignificantDigits: digits })
    .replace("-", MINUS);
}

const raised = (power) => String(power).replace("-", "⁻").replace(/\d/g, (d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]);

// A number that is neither 0 nor 1 is not shown as one of them.
function showShare(value, digits = 4) {
  while (digits < 16 && value !== 0 && value !== 1 && ["0", "1"].includes(show(value, digits))) digits += 1;
  return show(value, digits);
}

const percent = (value) => (value > 0 && value < 1e-4 ? `${show(100 * value, 2)}\u00a0%`
  : `${show(100 * value, 3)}\u00a0%`);

// The state: the point, and whether it is still where the exact values hold.

const start = JSON.parse(document.getElementById("start").textContent);
const known = new Map(); // what the page came with, by name: exact text and decimal
const state = { point: { ...start.point }, moved: false, range: null, share: null };

function move(ratio, scalable) {
  state.point = {
    ratio: ratio.value, scalable: scalable.value, ratioText: ratio.text, scalableText: scalable.text,
    collapse: collapses(ratio, scalable),
  };
  state.moved = ratio.text !== start.point.ratioText || scalable.text !== start.point.scalableText;
  if (!state.moved) state.point = { ...start.point };
  render();
}

// Rounded so that what one drags to is short: three digits of R, a thousandth of s.
function moveTo(ratio, scalable) {
  const ratioText = ratio === null ? state.point.ratioText : shortRatio(ratio);
  const scalableText = scalable === null ? state.point.scalableText
    : String(Number(Math.min(1, Math.max(0, scalable)).toFixed(3)));
  const read = [readRatio(ratioText), readScalable(scalableText)];
  // The start may have a root in it, which is not read here: its double stands in.
  if (typeof read[0] === "string") read[0] = readRatio(String(state.point.ratio));
  if (typeof read[1] === "string") read[1] = readScalable(String(state.point.scalable));
  move(read[0], read[1]);
}

const shortRatio = (ratio) =>
  String(Number(Math.min(state.range[1], Math.max(state.range[0], ratio)).toPrecision(3)));

// Decades that hold the point with some room; they stay while the point moves within them.
function fitRange() {
  const { ratio } = state.point;
  if (state.range && ratio >= state.range[0] && ratio <= state.range[1]) return;
  const top = Math.max(3, Math.ceil(Math.log10(ratio) + 0.3));
  const bottom = ratio < 0.6 ? Math.floor(Math.log10(ratio) - 0.1) : Math.log10(0.5);
  state.range = [10 ** bottom, 10 ** top];
}

// Drawing: SVG elements, scales, axes.

const SVG = "http://www.w3.org/2000/svg";

function make(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const linear = ([from, to], [left, right]) => {
  const scale = (value) => left + ((value - from) / (to - from)) * (right - left);
  scale.back = (pixel) => from + ((pixel - left) / (right - left)) * (to - from);
  return scale;
};

const logarithmic = ([from, to], range) => {
  const within = linear([Math.log10(from), Math.log10(to)], range);
  const scale = (value) => within(Math.log10(value));
  scale.back = (pixel) => 10 ** within.back(pixel);
  return scale;
};

function linearTicks(from, to, about) {
  const raw = (to - from) / about;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = unit * [1, 2, 5, 10].find((m) => m * unit >= raw * 0.999);
  const ticks = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i += 1) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

function decadeTicks(from, to, about) {
  const [low, high] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
  const step = Math.max(1, Math.ceil((high - low) / about));
  const ticks = [];
  for (let power = low; power <= high; power += 1) {
    if (power % step === 0) ticks.push(10 ** power);
  }
  return ticks;
}

const showDecade = (value) => (value >= 1e5 || value < 1e-3
  ? `10${raised(Math.round(Math.log10(value)))}` : show(value, 1));

// The ticks of one axis, all in decimals or all with a power of ten.
function showSteps(value, ticks) {
  const step = ticks[1] - ticks[0];
  if (value === 0 || (step >= 1e-4 && step < 1e5)) return show(value, 6);
  const power = Math.floor(Math.log10(Math.max(...ticks.map(Math.abs))));
  return `${show(value / 10 ** power, 3)} × 10${raised(power)}`;
}

const axis = {
  linear: ([from, to], title, about = 10) => ({
    scale: linear, domain: [from, to], title, words: showSteps,
    ticks: (room) => linearTicks(from, to, Math.min(about, room)),
  }),
  decades: ([from, to], title) => ({
    scale: logarithmic, domain: [from, to], title, words: showDecade,
    ticks: (room) => decadeTicks(from, to, room),
  }),
};

const line = (points) =>
  points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`).join("");

// A frame with axes; `layers` get what is clipped to the plot, and what is not.
function frame(svg, { height, x, y, title }) {
  const width = Math.max(240, svg.parentElement.clientWidth);
  const heights = y.ticks((height - 60) / 45);
  const names = heights.map((tick) => y.words(tick, heights));
  const margin = { left: 32 + 7 * Math.max(...names.map((name) => name.length)), right: 16, top: 14, bottom: 46 };
  const box = {
    left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom,
  };
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const [across, down] = [x.scale(x.domain, [box.left, box.right]), y.scale(y.domain, [box.bottom, box.top])];
  const axes = make("g", { class: "axes" });
  const widths = x.ticks((box.right - box.left) / 70);
  for (const tick of widths) {
    const at = across(tick);
    axes.append(
      make("line", { x1: at, x2: at, y1: box.top, y2: box.bottom }),
      make("text", { x: at, y: box.bottom + 17, class: "tick middle" }, x.words(tick, widths)),
    );
  }
  for (const [i, tick] of heights.entries()) {
    const at = down(tick);
    axes.append(
      make("line", { x1: box.left, x2: box.right, y1: at, y2: at }),
      make("text", { x: box.left - 7, y: at + 4, class: "tick end" }, names[i]),
    );
  }
  axes.append(
    make("text", { x: (box.left + box.right) / 2, y: height - 8, class: "title middle" }, x.title),
    make("text", {
      x: 13, y: (box.top + box.bottom) / 2, class: "title middle",
      transform: `rotate(-90 13 ${(box.top + box.bottom) / 2})`,
    }, y.title),
  );
  const clip = `${svg.id}-clip`;
  const inside = make("g", { "clip-path": `url(#${clip})` });
  const over = make("g");
  const back = make("g", { "clip-path": `url(#${clip})` });
  const holder = svg.querySelector(".drawing");
  holder.replaceChildren(
    make("clipPath", { id: clip }, make("rect", {
      x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top,
    })),
    back, axes, inside,
    make("rect", {
      class: "frame", x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top,
    }),
    over,
  );
  svg.setAttribute("aria-label", title);
  return { box, across, down, back, inside, over };
}

// A text beside a point, on the side where there is room.
function label(plot, x, y, words, kind, { below = false } = {}) {
  const text = make("text", { x, y, class: `label ${kind}` }, words);
  plot.over.append(text);
  const { width } = text.getBBox();
  const { box } = plot;
  const left = x + 10 + width <= box.right || x - box.left < box.right - x;
  let at = left ? x + 10 : x - 10 - width;
  at = Math.min(Math.max(at, box.left + 5), Math.max(box.left + 5, box.right - width - 5));
  const up = below ? y + 19 : y - 10;
  text.setAttribute("x", at);
  text.setAttribute("y", Math.min(Math.max(up, box.top + 14), box.bottom - 7));
  return text;
}

const dot = (x, y, kind) => (kind === "even"
  ? make("path", { class: kind, d: `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z` })
  : make("circle", { class: kind, cx: x, cy: y, r: 6 }));

// The phase diagram over (s, R).

const SHARE_LEVELS = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7];
const TIME_LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const SAMPLES = 240;

const ratios = (from, to) =>
  Array.from({ length: SAMPLES + 1 }, (_, i) => from * (to / from) ** (i / SAMPLES));

let phase = null;

function drawPhase() {
  const svg = document.getElementById("phase");
  const [low, high] = state.range;
  const wide = svg.parentElement.clientWidth > 460;
  phase = frame(svg, {
    height: wide ? 588 : 430,
    title: `Phase diagram: the critical ratio 1/(1-s) against s, and the point s = ${state.point.scalableText}, R = ${state.point.ratioText}.`,
    x: axis.linear([0, 1], "scalable share s of the work"),
    y: axis.decades([low, high], "efficiency ratio R (log scale)"),
  });
  const { box, across, down } = phase;
  const border = ratios(Math.max(1, low), high).map((r) => [across(formulas.threshold(r)), down(r)]);
  const last = border[border.length - 1];
  phase.back.append(
    make("rect", { class: "collapse-area", x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top }),
    make("path", { class: "specialise-area", d: `${line(border)}L${last[0]} ${box.top}L${box.left} ${box.top}Z` }),
  );
  const shown = (id) => document.getElementById(id).checked;
  if (shown("show-time")) {
    for (const level of TIME_LEVELS) {
      const points = ratios(Math.max(low, 1 / level), high)
        .map((r) => [across(formulas.time_contour(r, level)), down(r)]);
      phase.inside.append(make("path", { class: "time-contour", d: line(points) }));
      const [x] = points[points.length - 1];
      if (wide || Math.round(level * 10) % 2 === 0) {
        phase.over.append(make("text", { class: "contour time-text middle", x, y: box.top + 15 }, show(level)));
      }
    }
    phase.over.append(make("text", { class: "contour time-text", x: box.left + 6, y: box.top + 15 }, "T*"));
  }
  if (shown("show-share")) {
    for (const level of SHARE_LEVELS) {
      const points = ratios(1, high).map((r) => [across(formulas.share_contour(r, level)), down(r)]);
      phase.inside.append(make("path", { class: "share-contour", d: line(points) }));
      const peak = [across(((1 - level) / (1 + level)) ** 2), down((1 + level) / level)];
      if (peak[1] > box.top + 30 && peak[0] > box.left + 28 && (wide || level !== 0.01)) {
        phase.over.append(make("text", { class: "contour share-text end", x: peak[0] - 3, y: peak[1] + 4 },
          `${level === 0.01 ? "x* " : ""}${show(level)}`));
      }
    }
  }
  phase.inside.append(make("path", { class: "border", d: line(border) }));
  const name = (x, y, words, kind) => phase.over.append(make("text", { class: `region ${kind}`, x, y }, words));
  name(box.left + 12, Math.min(box.top + 62, down(10) - 30), "specialise", "specialise-name");
  name(box.right - 12, box.bottom - (wide ? 42 : 36), "collapse", "collapse-name end");
  name(box.right - 12, box.bottom - (wide ? 22 : 18), "R ≤ 1/(1−s): x* = 0", "collapse-name end small");
  const [x, y] = [across(state.point.scalable), down(state.point.ratio)];
  phase.inside.append(
    make("line", { class: "guide", x1: x, x2: x, y1: y, y2: box.bottom }),
    make("line", { class: "guide", x1: box.left, x2: x, y1: y, y2: y }),
  );
  const handle = document.getElementById("handle");
  handle.setAttribute("transform", `translate(${x} ${y})`);
  handle.setAttribute("aria-label", `The point: s = ${show(state.point.scalable)}, R = ${show(state.point.ratio)}. `
    + "Left and right change s, up and down change R; with Shift in larger steps.");
}

// T(x).

function drawTime() {
  const { point } = state;
  const found = answers(point);
  const even = found.break_even;
  const gain = 1 - found.time;
  const tiny = !point.collapse && gain < 1e-9;
  const right = even === null || tiny || even > 0.2 ? 1 : Math.min(1, 3.5 * even);
  // Where the gain is small, the axis has T - 1.
  const close = !point.collapse && !tiny && gain < 1e-3;
  const level = close ? 0 : 1;
  const [low, high] = point.collapse || tiny ? [0.6, 2.2]
    : [Math.max(close ? -Infinity : 0, level - 1.4 * gain), level + 0.75 * gain];
  const change = (x) => formulas.time(point.ratio, point.scalable, x) - 1 + level;
  const plot = frame(document.getElementById("time"), {
    height: 262,
    title: `Time against the share x of specialised hardware. ${sentence(found)}`,
    x: axis.linear([0, right], "share x of the budget that is specialised"),
    y: axis.linear([low, high], close ? "time T(x) − 1" : "time T(x)"),
  });
  const { box, across, down } = plot;
  const places = new Set([found.allocation, even].filter((x) => x !== null));
  for (let i = 0; i <= SAMPLES; i += 1) places.add((right * i) / SAMPLES);
  for (let i = 12; i < 72; i += 1) { // ever closer towards both ends
    places.add(right * 10 ** (-i / 8));
    if (right === 1) places.add(1 - 10 ** (-i / 8));
  }
  const curve = [...places].filter((x) => x < 1).sort((a, b) => a - b)
    .map((x) => [x, Math.min(change(x), high + 2 * (high - low))]);
  const pixels = curve.map(([x, time]) => [across(x), down(time)]);
  if (!point.collapse && !tiny) {
    const below = pixels.filter((_, i) => curve[i][0] <= (even ?? 1));
    plot.inside.append(make("path", { class: "gain", d: `${line(below)}L${below[below.length - 1][0]} ${down(level)}L${across(0)} ${down(level)}Z` }));
  }
  plot.inside.append(
    make("line", { class: "level", x1: box.left, x2: box.right, y1: down(level), y2: down(level) }),
    make("path", { class: "curve", d: line(pixels) }),
  );
  const mark = (x, time, kind, words, place) => {
    const y = down(time - 1 + level);
    plot.over.append(dot(across(x), y, kind));
    label(plot, across(x), y, words, kind, place);
  };
  if (point.collapse) {
    const flat = point.ratio === 1 && point.scalable === 0;
    mark(0, 1, "best", flat ? "every x is optimal" : "optimum x* = 0, T* = 1", { below: true });
  } else if (found.allocation === null) {
    mark(1, found.time, "open", `T tends to ${showShare(found.time)}, not attained`);
  } else {
    if (even !== null && !tiny) mark(even, 1, "even", `break-even x = ${showShare(even)}`);
    mark(found.allocation, found.time, "best",
      `optimum x* = ${showShare(found.allocation)}, T* = ${showShare(found.time)}`, { below: true });
  }
}

// x* against R, at the s of the point.

function drawPeak() {
  const { point } = state;
  const s = point.scalable;
  const found = answers(point);
  const low = state.range[0];
  const enough = found.peak_ratio === null ? 0 : 10 ** Math.min(100, Math.ceil(Math.log10(found.peak_ratio) + 0.8));
  const high = Math.max(state.range[1], enough);
  const most = found.peak_allocation ?? 1;
  const top = s === 0 ? 1 : most * 1.25;
  const words = found.peak_ratio === null
    ? (s === 0 ? "There is no best share for R > 1." : "The best share is 0 for every R.")
    : `It is largest, ${showShare(most)}, at R = ${show(found.peak_ratio, 4)}.`;
  const plot = frame(document.getElementById("peak"), {
    height: 262,
    title: `The best share x* against R, at s = ${show(s)}. ${words}`,
    x: axis.decades([low, high], "efficiency ratio R (log scale)"),
    y: axis.linear([0, top], "best share x*"),
  });
  const { box, across, down } = plot;
  const note = (text) => plot.over.append(
    make("text", { class: "note middle", x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, text));
  if (s === 0) {
    const end = across(Math.max(low, 1));
    plot.inside.append(make("path", { class: "curve", d: line([[box.left, down(0)], [end, down(0)]]) }));
    note("s = 0: no best share for R > 1; every further share gains");
    return;
  }
  const points = ratios(low, high).map((r) => [across(r), down(bestShare(r, s))]);
  plot.inside.append(make("path", { class: "curve", d: line(points) }));
  if (s < 1) {
    const start = across(found.critical_ratio);
    plot.inside.append(make("line", { class: "level", x1: start, x2: start, y1: box.top, y2: box.bottom }));
    plot.over.append(dot(across(found.peak_ratio), down(most), "even"));
    label(plot, across(found.peak_ratio), down(most), `peak at R = ${show(found.peak_ratio, 4)}: x* = ${showShare(most)}`, "even");
    const edge = make("text", { class: "label muted", x: start + 6, y: box.bottom - 8 }, `1/(1−s) = ${show(found.critical_ratio, 4)}`);
    plot.over.append(edge);
    if (start + 6 + edge.getBBox().width > box.right) edge.setAttribute("x", start - 6 - edge.getBBox().width);
  } else {
    note("s = 1: the best share is 0 for every R");
  }
  if (point.ratio <= high) plot.over.append(dot(across(point.ratio), down(found.allocation), "best"));
}

// Words and fields.

function sentence(found) {
  const { point } = state;
  const [R, s] = [show(point.ratio), show(point.scalable)];
  if (!point.collapse) {
    if (found.allocation === null) {
      return `all further specialised hardware gains: without scalable work the time tends to ${showShare(found.time)} and has no minimum.`;
    }
    return `${percent(found.allocation)} of the budget; the time falls to ${showShare(found.time)}, which is ${showShare(found.speedup)} times as fast.`;
  }
  if (point.scalable === 1) return "all work is scalable, so no ratio makes specialised hardware worth having.";
  if (point.ratio === 1 && point.scalable === 0) return "both kinds of hardware are equal, and every share takes the same time.";
  if (point.ratio <= 1) return `specialised hardware is no faster (R = ${R}), so the best share is 0.`;
  return `the best share is 0. It would pay for R above ${show(found.critical_ratio)}, or s below ${showShare(found.threshold)}.`;
}

function showValues(found) {
  for (const [name, cells] of known) {
    const value = found[name];
    cells.exact.textContent = state.moved ? "" : cells.text;
    cells.near.textContent = state.moved ? (value === null ? "none" : show(value, 10)) : cells.decimal;
  }
  document.getElementById("values").classList.toggle("moved", state.moved);
  document.getElementById("precision-start").hidden = state.moved;
  document.getElementById("precision-moved").hidden = !state.moved;
  document.getElementById("reset").disabled = !state.moved;
}

function showFields() {
  const { point } = state;
  const set = (id, text, message) => {
    const field = document.getElementById(id);
    if (document.activeElement !== field || field.dataset.typing !== "yes") field.value = text;
    field.removeAttribute("aria-invalid");
    document.getElementById(message).textContent = "";
  };
  set("ratio", point.ratioText, "ratio-message");
  set("scalable", point.scalableText, "scalable-message");
  const slider = document.getElementById("ratio-slider");
  slider.min = Math.log10(state.range[0]);
  slider.max = Math.log10(state.range[1]);
  slider.value = Math.log10(point.ratio);
  slider.setAttribute("aria-valuetext", `R = ${show(point.ratio)}`);
  const other = document.getElementById("scalable-slider");
  other.value = point.scalable;
  other.setAttribute("aria-valuetext", `s = ${show(point.scalable)}`);
}

function render() {
  fitRange();
  const found = answers(state.point);
  const verdict = document.getElementById("verdict");
  verdict.className = state.point.collapse ? "collapses" : "specialises";
  document.getElementById("verdict-word").textContent = state.point.collapse ? "collapses:"
    : found.allocation === null ? "specialise:" : "specialise"; // the share is the next word
  document.getElementById("verdict-text").textContent = sentence(found);
  document.getElementById("command").textContent = state.moved
    ? `jumpbound amdahl --ratio ${state.point.ratioText} --scalable ${state.point.scalableText}` : start.command;
  // The command refuses a ratio below 1, with which no share ever pays.
  document.getElementById("exact").hidden = state.point.ratio < 1;
  document.getElementById("peak-share").textContent = show(state.point.scalable);
  showFields();
  showValues(found);
  drawPhase();
  drawTime();
  drawPeak();
}

function typed(id, read, apply) {
  const field = document.getElementById(id);
  field.addEventListener("input", () => {
    const number = read(field.value);
    const message = document.getElementById(`${id}-message`);
    if (typeof number === "string") {
      field.setAttribute("aria-invalid", "true");
      message.textContent = number;
      return;
    }
    field.dataset.typing = "yes";
    apply(number);
  });
  for (const event of ["change", "blur"]) {
    field.addEventListener(event, () => {
      field.dataset.typing = "";
      // What cannot be read stays, with what is said of it, until it is corrected or left for another point.
      if (!field.hasAttribute("aria-invalid")) showFields();
    });
  }
}

// The other coordinate as a number; a root of the start is not read here, its double stands in.
function present(text, value, read) {
  const number = read(text);
  return typeof number === "string" ? read(String(value)) : number;
}

function startUp() {
  for (const row of document.querySelectorAll("#values tr[data-name]")) {
    const [exact, near] = row.querySelectorAll("td");
    known.set(row.dataset.name, { exact, near, text: exact.textContent, decimal: near.textContent });
  }
  typed("ratio", readRatio, (number) =>
    move(number, present(state.point.scalableText, state.point.scalable, readScalable)));
  typed("scalable", readScalable, (number) =>
    move(present(state.point.ratioText, state.point.ratio, readRatio), number));
  const slider = document.getElementById("ratio-slider");
  slider.addEventListener("input", () => moveTo(10 ** Number(slider.value), null));
  const other = document.getElementById("scalable-slider");
  other.addEventListener("input", () => moveTo(null, Number(other.value)));
  for (const id of ["show-share", "show-time"]) {
    document.getElementById(id).addEventListener("change", drawPhase);
  }
  document.getElementById("reset").addEventListener("click", () => {
    state.point = { ...start.point };
    state.moved = false;
    state.range = null;
    render();
  });
  const copy = document.getElementById("copy");
  copy.addEventListener("click", async () => {
    const command = document.getElementById("command");
    try {
      await navigator.clipboard.writeText(command.textContent);
      copy.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(command);
      copy.textContent = "Selected";
    }
    setTimeout(() => { copy.textContent = "Copy"; }, 1500);
  });
  draggable();
  const main = document.querySelector("main");
  let width = 0;
  new ResizeObserver(() => { // drawing changes the height only
    if (main.clientWidth !== width) {
      width = main.clientWidth;
      render();
    }
  }).observe(main);
}

function draggable() {
  const svg = document.getElementById("phase");
  const handle = document.getElementById("handle");
  const to = (event) => {
    const place = svg.getBoundingClientRect();
    const unit = svg.viewBox.baseVal.width / place.width;
    moveTo(
      phase.down.back((event.clientY - place.top) * unit),
      phase.across.back((event.clientX - place.left) * unit),
    );
  };
  svg.addEventListener("pointerdown", (event) => {
    // A finger beside the point scrolls; where it only taps, the click below moves the point.
    if (event.button !== 0 || (event.pointerType === "touch" && !handle.contains(event.target))) return;
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus({ preventScroll: true });
    to(event);
  });
  svg.addEventListener("click", to);
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) to(event);
  });
  handle.addEventListener("keydown", (event) => {
    const size = event.shiftKey ? 10 : 1;
    const { ratio, scalable } = state.point;
    const change = {
      ArrowLeft: () => moveTo(null, scalable - 0.01 * size),
      ArrowRight: () => moveTo(null, scalable + 0.01 * size),
      ArrowUp: () => moveTo(ratio * 10 ** (0.02 * size), null),
      ArrowDown: () => moveTo(ratio / 10 ** (0.02 * size), null),
    }[event.key];
    if (!change) return;
    event.preventDefault();
    change();
  });
}

startUp();
