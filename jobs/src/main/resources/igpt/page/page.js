'use strict';

/* Curves that grow, drawn by uPlot in the place of the server's drawings; forms that follow what is chosen in them.
   Without this script everything can be read all the same. */
(() => {
  const EVERY = 5000; // ms

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const number = value =>
    value == null ? '–' : Number.isInteger(value) ? value.toLocaleString('en') : Number(value.toPrecision(5)).toString();

  const axis = extra => ({
    stroke: colour('--muted'),
    grid: { stroke: colour('--grid'), width: 1 },
    ticks: { stroke: colour('--grid'), width: 1, size: 4 },
    font: '12px system-ui, sans-serif',
    ...extra,
  });

  function options(plot, width) {
    return {
      width,
      height: plot.weight > 1 || plot.alone ? 280 : 150,
      scales: { x: { time: false } },
      cursor: { sync: { key: plot.group }, points: { size: 6 } },
      axes: [
        axis({ size: 34, values: (u, values) => values.map(v => (Number.isInteger(v) ? v.toLocaleString('en') : '')) }),
        axis({ size: 64, values: (u, values) => values.map(number) }),
      ],
      series: [
        { label: 'iteration', value: (u, v) => number(v) },
        ...plot.lines.map(line => ({
          label: line.label,
          stroke: colour(line.ink),
          width: line.marked ? 2 : 1.4,
          spanGaps: true,
          points: { show: line.marked, size: 6, fill: colour(line.ink) },
          value: (u, v) => number(v),
        })),
      ],
    };
  }

  const data = plot => [plot.x, ...plot.lines.map(line => line.y)];

  class Figure {
    constructor(element) {
      this.element = element;
      this.place = element.querySelector('.plots');
      this.plots = [];
    }

    width() {
      return Math.max(240, Math.floor(this.element.clientWidth));
    }

    show(chart) {
      this.chart = chart;
      this.element.dataset.points = chart.plots[0].x.length;
      const shape = JSON.stringify(chart.plots.map(plot => [plot.name, plot.lines.map(line => [line.label, line.marked])]));
      if (shape === this.shape) {
        chart.plots.forEach((plot, i) => this.plots[i].setData(data(plot)));
        return;
      }
      this.shape = shape;
      this.draw();
    }

    draw() {
      this.plots.forEach(plot => plot.destroy());
      this.place.replaceChildren();
      this.place.hidden = false;
      this.element.querySelectorAll('.drawing').forEach(drawing => { drawing.hidden = true; });
      this.plots = this.chart.plots.map(plot => {
        const name = document.createElement('p');
        name.className = 'axis';
        name.textContent = plot.name;
        this.place.append(name);
        plot.group = this.chart.id;
        plot.alone = this.chart.plots.length === 1;
        return new uPlot(options(plot, this.width()), data(plot), this.place);
      });
      this.place.setAttribute('role', 'img');
      this.place.setAttribute('aria-label', this.chart.alternative);
    }

    resize() {
      this.plots.forEach(plot => plot.setSize({ width: this.width(), height: plot.height }));
    }
  }

  /* A training that had no points when the page was asked for. */
  function begun(section, chart) {
    const figure = document.createElement('figure');
    figure.className = 'chart';
    figure.id = chart.id;
    const caption = document.createElement('figcaption');
    const title = document.createElement('strong');
    title.textContent = chart.title;
    const words = document.createElement('span');
    words.textContent = chart.caption;
    caption.append(title, words);
    const plots = document.createElement('div');
    plots.className = 'plots';
    figure.append(caption, plots);
    section.append(figure);
    return figure;
  }

  async function follow(section) {
    const figures = new Map();
    const ask = async address => {
      try {
        const answer = await fetch(address, { headers: { Accept: 'application/json' } });
        if (!answer.ok) {
          return;
        }
        for (const chart of await answer.json()) {
          if (!figures.has(chart.id)) {
            section.hidden = false;
            figures.set(chart.id, new Figure(document.getElementById(chart.id) || begun(section, chart)));
          }
          figures.get(chart.id).show(chart);
        }
      } catch (gone) {
        // the page is closed, or asked again in a moment
      }
    };
    await ask(section.dataset.charts);
    new ResizeObserver(() => figures.forEach(figure => figure.resize())).observe(section);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => figures.forEach(figure => figure.draw()));
    if (section.dataset.live === 'true') {
      setInterval(() => { if (!document.hidden) { ask(section.dataset.grown || section.dataset.charts); } }, EVERY);
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    const lost = away => () => { document.getElementById('lost').hidden = !away; };
    document.body.addEventListener('htmx:sendError', lost(true));
    document.body.addEventListener('htmx:afterOnLoad', lost(false));
    document.querySelectorAll('.log').forEach(log => { log.scrollTop = log.scrollHeight; });
    document.querySelectorAll('[data-charts]').forEach(follow);
    document.querySelectorAll('[data-submit]').forEach(select =>
      select.addEventListener('change', () => select.form.requestSubmit()));
    document.querySelectorAll('[data-reload]').forEach(select =>
      select.addEventListener('change', () => {
        const fields = new FormData(select.form);
        fields.delete('_csrf');
        const given = [...fields].filter(([, value]) => value !== '');
        location.assign(location.pathname + '?' + new URLSearchParams(given));
      }));
  });
})();
