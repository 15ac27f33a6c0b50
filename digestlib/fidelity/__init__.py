"""English checked against the Chinese it came from: every figure, name and link, by rule.

`check` runs the rules one after another over the same two texts; each is one function from the
case, the texts and their matched figures, to findings. Most have nothing to say about most cases: a
rule is asked only where there is what it speaks of. What cannot be said with certainty stays minor.

Some words mean one thing in all of its modules. Of 准确率由 71% 升至 74%, told as `accuracy rises
from 71% to 74%`: *there* is the Chinese and *here* the English, as *theirs* and *ours* are what
either has; a *figure* is a number with its unit, 71% (`Quantity`); figures that stand for each other
are a *match*; a *thing* is a name or word that both texts have, 准确率 and `accuracy`; what a text
says it has *told*. *Kin* are things of one sort, which could be told in each other's place, such as
准确率 and 召回率; the *sides* of a comparison are what is compared, and with what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from digestlib.fidelity import (
    added,
    afterwards,
    along,
    antonyms,
    appointed,
    around_one,
    asides,
    attached,
    attributes,
    begins,
    beside,
    bounds,
    causes,
    clauses,
    compared,
    comparisons,
    conversions,
    counting,
    crossed,
    dating,
    degrees,
    denials,
    derived,
    directions,
    doers,
    dropping,
    ends,
    entities,
    exclusive,
    fates,
    formerly,
    harder,
    headed,
    heads,
    kin,
    labels,
    languages,
    latter,
    levels,
    margins,
    naming,
    negated,
    nextdays,
    numbered,
    opposites,
    outscored,
    outside,
    overtaken,
    paired,
    parallels,
    periods,
    placings,
    pointing,
    rather,
    releases,
    replaced,
    rivals,
    roles,
    scores,
    seconds,
    sides,
    since,
    singles,
    steps,
    swaps,
    trends,
    unmatched,
    unmoved,
    unprompted,
    verbatim,
    verdicts,
    versions,
    versus,
)
from digestlib.fidelity.cases import Case, align, english_figures
from digestlib.fidelity.matching import match
from digestlib.models import Finding, Quantity
from digestlib.patterns import Index, numbers


class Rule(NamedTuple):
    """A function from a case to findings, and what the case must have for it to find anything."""

    find: Callable[[Case], Iterable[Finding]]
    figures: int = 0
    """So many figures, no dates, that stand for each other."""
    words: str = ""
    """In the source one of these, which bars separate, …"""
    told: str = ""
    """… and in English one of these."""
    complete: bool = False
    """That the text must carry every figure of the source."""


RULES: Final = (
    Rule(verbatim.leftover_chinese),
    Rule(verbatim.changed_protected),
    Rule(naming.changed_names),
    Rule(versions.changed_editions),
    Rule(entities.changed_entities),
    Rule(entities.replaced_names, complete=True),
    Rule(entities.renamed_halves, complete=True),
    Rule(dropping.dropped_versions, complete=True),
    Rule(dropping.dropped_names, complete=True),
    Rule(dropping.dropped_items, complete=True),
    Rule(versions.changed_abbreviations, told=versions.ABBREVIATIONS),
    Rule(versions.changed_compounds, told=versions.JOINED),
    Rule(versions.changed_sizes, told=versions.SIZES),
    Rule(versions.changed_releases, told=versions.RELEASES),
    Rule(versions.extended_names, told=versions.EDITIONS),
    Rule(versions.shortened_names, words=versions.MODES),
    Rule(dating.changed_dates),
    Rule(dating.turned_halves, words="点|时|:|："),
    Rule(dating.changed_parts, words=dating.PARTS),
    Rule(nextdays.moved_days, words=nextdays.NEXT, told=nextdays.TOLD),
    Rule(dating.bounded_years, words=dating.YEARS, told=dating.YEARS),
    Rule(dating.turned_limits, words=dating.LIMITS),
    Rule(unmatched.unmatched_figures),
    Rule(unmatched.changed_margins, words="±|+/", told="±|+/"),
    Rule(unmatched.approximate_figures),
    Rule(derived.derived_figures),
    Rule(bounds.changed_bounds, figures=1),
    Rule(bounds.moved_bounds, figures=2),
    Rule(around_one.turned_around_one, words=around_one.LIMITS, told=around_one.TOLD),
    Rule(outside.told_as_between, figures=2, words="或"),
    Rule(releases.turned_releases, words=releases.RELEASES),
    Rule(counting.changed_counted, figures=1),
    Rule(roles.changed_roles, figures=1),
    Rule(levels.confused_levels, figures=1),
    Rule(levels.moved_by_a_rank, words=levels.RANKS),
    Rule(directions.changed_direction, figures=1),
    Rule(directions.turned_ends, figures=2, told="rom "),
    Rule(ends.turned_ends_of, figures=1, words=ends.ENDS, told=ends.TOLD),
    Rule(ends.counted_from_the_end, figures=1, words=ends.BACKWARDS),
    Rule(directions.turned_multiples, figures=1, words="倍|×|x|X"),
    Rule(trends.turned_trends, words=trends.TRENDS),
    Rule(trends.turned_in_clause, words=trends.CHANGES),
    Rule(begins.turned_beginnings, words=begins.BEGINS, told=begins.TOLD),
    Rule(unmoved.moved, words=unmoved.STAYS),
    Rule(unmoved.unmoved, told=unmoved.UNMOVED),
    Rule(opposites.changed_opposites),
    Rule(antonyms.told_as_opposite),
    Rule(unprompted.told_unprompted, complete=True),
    Rule(degrees.told_as_less, told=degrees.LESSENED),
    Rule(attributes.changed_attributes, words=attributes.ADJECTIVES),
    Rule(afterwards.turned_afterwards, words=afterwards.BESIDE),
    Rule(along.turned_along, words=along.ALONG),
    Rule(comparisons.changed_rank, words=comparisons.RANKED),
    Rule(denials.turned_denials),
    Rule(denials.told_without_denial, complete=True),
    Rule(negated.told_what_is_denied, words=negated.DENIALS),
    Rule(asides.exchanged_asides, words=asides.BRACKETS, told=asides.BRACKETS),
    Rule(rivals.changed_rivals, words=rivals.RANKED),
    Rule(rivals.changed_equals, words=rivals.EQUAL),
    Rule(directions.exchanged_sides, figures=1, words=comparisons.SIDES),
    Rule(comparisons.turned_comparisons, figures=2, words=comparisons.COMPARED),
    Rule(sides.exchanged_compared, words=compared.COMPARED),
    Rule(headed.exchanged_headed, words=headed.HEADED, told=headed.TOLD),
    Rule(margins.turned_margins, figures=1, words=margins.SIDES, told=margins.TOLD),
    Rule(outscored.outscored, figures=2, told=outscored.TOLD),
    Rule(versus.exchanged_versus, figures=2, words=versus.WINS),
    Rule(seconds.exchanged_seconds, words=seconds.ONLY_TO, told=seconds.TOLD),
    Rule(seconds.leading_seconds, words=seconds.BEST_BUT_ONE, told=seconds.TOLD_BEST_BUT_ONE),
    Rule(rather.exchanged_not_but, words=rather.BUT, told=rather.TOLD),
    Rule(rather.exchanged_ignored, words=rather.IGNORED, told=rather.TOLD_IGNORED),
    Rule(harder.turned_hardness, words=harder.HARD, told=harder.TOLD),
    Rule(overtaken.turned_bases, figures=1, words=overtaken.TIMES),
    Rule(swaps.swapped_figures, figures=2),
    Rule(labels.moved_labels, figures=1, words=labels.LABELS),
    Rule(swaps.swapped_dates, words="月"),
    Rule(appointed.exchanged_dates, words="月"),
    Rule(appointed.exchanged_versions, words=appointed.VERSIONS),
    Rule(paired.paired_otherwise, figures=1),
    Rule(attached.exchanged_counts, figures=2, words=attached.COUNTS),
    Rule(attached.exchanged_nouns, figures=2),
    Rule(attached.exchanged_modifiers, figures=2, told="-|B |M | of "),
    Rule(attached.exchanged_each, figures=1, words=attached.EACH, told=attached.TOLD_EACH),
    Rule(added.exchanged_added, figures=2, words=added.ADDED, told=added.TOLD),
    Rule(scores.turned_scores, words=scores.SCORES),
    Rule(formerly.exchanged_before, figures=2, words=formerly.FORMERLY, told=formerly.BEFORE),
    Rule(formerly.turned_times, words=formerly.TIMES, told="now|today|this|at present|currently"),
    Rule(replaced.told_as_former, words=replaced.CHANGED, told=replaced.TOLD),
    Rule(verdicts.exchanged_verdicts, figures=2, words=verdicts.VERDICTS),
    Rule(kin.exchanged_mentions),
    Rule(kin.exchanged_part, words=kin.OF_WHICH),
    Rule(kin.exchanged_kin),
    Rule(heads.exchanged_heads, words=heads.JOINED),
    Rule(fates.exchanged_fates, words=fates.FATES),
    Rule(beside.exchanged_beside, words=beside.PARTED),
    Rule(doers.exchanged_doers, words=doers.VERBS),
    Rule(causes.exchanged_causes, words=causes.CAUSES),
    Rule(clauses.exchanged_clauses, words=clauses.PARTED, told=clauses.PARTED_HERE),
    Rule(parallels.turned_lists, figures=4, words=parallels.EACH),
    Rule(parallels.exchanged_each, words=parallels.EACH_OF),
    Rule(parallels.reordered_ratio, figures=1, words="、"),
    Rule(placings.exchanged_placings, words=placings.PLACES),
    Rule(placings.exchanged_only, words=placings.PLACES),
    Rule(placings.moved_places, words=placings.MOVED),
    Rule(crossed.crossed_months, words=crossed.YEARS, told="20"),
    Rule(crossed.crossed_pairs, figures=1, words=crossed.RATIOS),
    Rule(crossed.crossed_tallies, figures=2, words=crossed.TALLIES),
    Rule(parallels.exchanged_ratio, figures=1, words=parallels.RATIOS),
    Rule(parallels.reordered_lists, figures=3, words=parallels.EACH),
    Rule(parallels.spanned_lists, figures=2, told=parallels.SPANS),
    Rule(steps.turned_steps, words=steps.STEPS),
    Rule(steps.turned_stages, words=steps.STAGES),
    Rule(numbered.changed_numbered, words=numbered.NUMBERED),
    Rule(numbered.changed_one_of_them, words=numbered.NUMBERED, told=numbered.ONE, complete=True),
    Rule(numbered.changed_rounds, words=numbered.ROUNDS),
    Rule(singles.multiplied, words=singles.SINGLES),
    Rule(steps.turned_changes, words=steps.CHANGES),
    Rule(steps.turned_preferences, words=steps.PREFERRED, told=" than |refer|avo"),
    Rule(conversions.turned_conversions, words=conversions.CONVERTED),
    Rule(latter.exchanged_latter, words=latter.POINTERS),
    Rule(latter.exchanged_pointed, words=latter.POINTERS),
    Rule(latter.turned_pointed, words=latter.POINTERS),
    Rule(latter.exchanged_terms, words=latter.TERMS, told="second|latter"),
    Rule(languages.changed_languages, words=languages.SPEECH),
    Rule(languages.turned_translations, words=languages.TRANSLATED),
    Rule(exclusive.changed_terms),
    Rule(periods.changed_periods, words=periods.PERIODS),
    Rule(since.changed_bases, words=since.BASES),
    Rule(since.changed_zones, words=since.ZONES),
    Rule(periods.changed_units_apart, figures=1, words=periods.UNITS),
)
"""In the order in which a person is told."""
_WORDS: Final = Index(rule.words.split("|") for rule in RULES)
_TOLD: Final = Index(rule.told.split("|") for rule in RULES)
_FIGURES: Final = max(rule.figures for rule in RULES)

LABEL_RULES: Final[tuple[Callable[[Case], Iterable[Finding]], ...]] = (
    verbatim.leftover_chinese,
    naming.changed_names,
    versions.changed_editions,
    entities.changed_entities,
    versions.changed_abbreviations,
    versions.changed_compounds,
    versions.changed_sizes,
    dating.changed_dates,
    languages.changed_languages,
)
"""Those that say whether a name is one of the source."""


def check(source: str, text: str, *, complete: bool = False) -> list[Finding]:
    """What a person should look at in `text`, an English rendering of the Chinese `source`.

    `complete` means that the text must carry every figure of the source. Critical and major
    findings want a person, and none of those means that nothing was found to be wrong.
    `target_span` are offsets into `text`; `source_line` counts from 1 within `source`, and
    `source_span` are offsets within that line. Any text can be checked: nothing is raised.
    """
    return _found(align(source, text, complete=complete))


def check_pointed(source: str, text: str, pointed: Mapping[int, bool]) -> list[Finding]:
    """As `check`, of a text in which code printed the figures that begin at these places.

    A model pointed at them, and can have pointed at the wrong ones; for each, whether the model
    itself cited the line that it is from.
    """
    case = align(source, text, complete=False)
    return [*_found(case), *pointing.misplaced_figures(case, pointed)]


def check_labels(source: str, text: str) -> list[Finding]:
    """What `check` has against the names and dates in a text that is no sentence."""
    case = align(source, text, complete=False)
    return [found for rule in LABEL_RULES for found in rule(case)]


def asked_rules(case: Case) -> list[Rule]:
    """The rules that may find something, for the case has what they need."""
    may = _allowed(min(len(case.figures), _FIGURES), complete=case.complete)
    may &= _WORDS.within_lines(case.source) & _TOLD.within(case.text)
    return [RULES[number] for number in numbers(may)]


@cache
def _allowed(figures: int, *, complete: bool) -> int:
    """A bit for each rule that needs no more figures, nor to be told all of them."""
    rules = enumerate(RULES)
    return sum(1 << n for n, r in rules if r.figures <= figures and r.complete <= complete)


def _found(case: Case) -> list[Finding]:
    return [found for rule in asked_rules(case) for found in rule.find(case)]


def unsourced_figures(
    text: str, allowed: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity | None]]:
    """Each figure typed in English with the source figure that says the same, or None."""
    figures = english_figures(text)
    matched = {m.target.id: m.source for m in match(allowed, figures, "", text)}
    return [(figure, matched.get(figure.id)) for figure in figures]
