/* SPDX-License-Identifier: MIT */
/*
 * Ranks of the search, for searchtools.js of Sphinx: the row or function with exactly this name first, then terms
 * and headings, then names that contain it, then pages that mention it. Members of structures come last: half of
 * them are called as one of these words.
 */
var Scorer = {
    objNameMatch: 300,
    objPartialMatch: 20,
    objPrio: {0: 10, 1: 0, 2: -290},
    objPrioDefault: 0,
    title: 100,
    partialTitle: 7,
    term: 5,
    partialTerm: 2,
    /* Exactly a term of ours, of one word or several, is what was meant. */
    score: ([page, title, anchor, description, score]) => (score === 100 && anchor.startsWith("#term-") ? 400 : score),
};
