/* SPDX-License-Identifier: MIT */
/*
 * The site's own search in node, as its page runs it: node search.js HTML <queries.json prints the first hits of
 * each query, [page#place, title]. The page's scripts run in one context, whose document holds nothing: they add
 * results to a list, which is read from Search._performSearch or from what is displayed.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const site = process.argv[2];

function element() {
    const one = {children: [], classList: {add() {}}, dataset: {}, style: {}};
    one.appendChild = (child) => (one.children.push(child), child);
    one.removeChild = () => (one.lastChild = null);
    return one;
}

const world = {
    console,
    URLSearchParams,
    setTimeout: (work) => world.work.push(work),
    work: [],
    localStorage: {setItem() {}, getItem: () => null},
    document: {
        body: element(),
        documentElement: {dataset: {content_root: "./"}},
        createElement: element,
        getElementById: element,
        querySelectorAll: () => [],
        addEventListener() {},
    },
    location: {search: ""},
    SPHINX_HIGHLIGHT_ENABLED: false,
    DOCUMENTATION_OPTIONS: {BUILDER: "html", URL_ROOT: "./", FILE_SUFFIX: ".html", LINK_SUFFIX: ".html"},
    Documentation: {gettext: (words) => words, ngettext: (words) => words},
    _: (words) => words,
    _ready: () => {},
};
world.window = world;
vm.createContext(world);

function run(name) {
    vm.runInContext(fs.readFileSync(path.join(site, name), "utf-8"), world, {filename: name});
}

for (const name of ["_static/language_data.js", "_static/searchtools.js"])
    run(name);
vm.runInContext("globalThis.Search = Search", world);
run("searchindex.js");

/* The links in the order in which the page shows them. */
function shown(query) {
    const list = element();
    Object.assign(world.Search, {title: element(), dots: element(), status: element(), output: list});
    world.Search.query(query);
    while (world.work.length)
        world.work.shift()();
    return list.children.map((item) => [item.children[0].href, item.children[0].innerHTML]);
}

const queries = JSON.parse(fs.readFileSync(0, "utf-8"));
console.log(JSON.stringify(queries.map((query) => shown(query).slice(0, 5))));
