// The map, drawn from bundled vectors alone, and small comforts. Every page works without this file.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll("[data-map]")) draw(element, JSON.parse(element.dataset.map));
  for (const input of document.querySelectorAll("input[name=by]")) {
    input.value ||= sessionStorage.getItem("kavass-by") || "";
    input.addEventListener("change", () => sessionStorage.setItem("kavass-by", input.value));
  }
});

async function draw(element, data) {
  const map = L.map(element, { attributionControl: false, minZoom: 2, maxZoom: 14, worldCopyJump: true }).setView([30, 45], 4);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  L.control.scale({ imperial: false }).addTo(map);
  const text = (words) => { const node = document.createElement("bdi"); node.textContent = words; return node; };
  const bounds = [];
  for (const post of data.posts) {
    const icon = L.divIcon({ className: "", html: '<div class="marker post" style="width:16px;height:16px"></div>', iconSize: [16, 16] });
    const marker = L.marker([post.lat, post.lon], { icon, keyboard: true, title: post.title, alt: post.title }).addTo(map);
    marker.bindTooltip(text(post.title)).on("click", () => { location.href = post.href; });
    for (const ring of post.rings) {
      L.circle([post.lat, post.lon], { radius: ring.radius_km * 1000, color: colour("--accent"), weight: 1, dashArray: "4 4", fill: false })
        .addTo(map).bindTooltip(text(ring.name));
    }
    if (!data.focus || data.focus === post.id) bounds.push([post.lat, post.lon]);
  }
  for (const group of Object.values(grouped(data.incidents))) {
    const first = group[0];
    if (first.km > 1) {
      L.circle([first.lat, first.lon], { radius: first.km * 1000, color: colour("--sev4"), weight: 1, fillOpacity: 0.08 }).addTo(map);
    }
    const worst = group.reduce((a, b) => (b.severity > a.severity ? b : a));
    const label = group.length > 1 ? `${worst.severity}<span class="times">×${group.length}</span>` : String(worst.severity);
    const icon = L.divIcon({ className: "", html: `<div class="marker sev${worst.severity} ${worst.state}" style="width:30px;height:30px">${label}</div>`, iconSize: [30, 30] });
    const marker = L.marker([first.lat, first.lon], { icon, keyboard: true, title: first.title, alt: first.title, zIndexOffset: 100 * worst.severity }).addTo(map);
    const list = document.createElement("div");
    list.dir = data.direction;
    for (const incident of group.slice(0, 12)) {
      const link = document.createElement("a");
      link.href = incident.href;
      link.textContent = incident.title;
      const line = document.createElement("div");
      line.append(link);
      list.append(line);
    }
    marker.bindPopup(list);
    bounds.push([first.lat, first.lon]);
  }
  if (bounds.length) map.fitBounds(bounds, { padding: [30, 30], maxZoom: 9 });
  const world = await (await fetch("/static/world.json")).json();
  L.geoJSON(world, { interactive: false, style: { color: colour("--soft"), weight: 0.8, fillColor: colour("--sheet"), fillOpacity: 1 } })
    .addTo(map).bringToBack();
  element.dataset.drawn = "yes";
}

// Incidents that stand at one point are one marker with a count: no jitter, no invented coordinates.
function grouped(incidents) {
  const at = {};
  for (const incident of incidents) (at[`${incident.lat},${incident.lon}`] ||= []).push(incident);
  return at;
}
