//! The result: a row for each measurement, ratios before absolute figures.

use super::sample::Sample;

const HEAD: [&str; 8] =
    ["measured", "result", "ratio", "goal", "p99", "server, each", "generator", "others"];

/// One measurement in words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    what: String,
    result: String,
    ratio: String,
    goal: String,
    p99: String,
    server: String,
    generator: String,
    others: String,
}

impl Row {
    /// A measurement with its result.
    pub(crate) fn new(what: impl Into<String>, result: impl Into<String>) -> Self {
        Self { what: what.into(), result: result.into(), ..Self::default() }
    }

    /// A rate, and what else is known of its round.
    pub(crate) fn of(what: impl Into<String>, sample: &Sample) -> Self {
        let share = |share: Option<f64>| {
            share.map_or_else(String::new, |share| format!("{:.0} %", share * 100.0))
        };
        let micros = sample.server_micros;
        Self {
            p99: format!("{:.1} ms", sample.p99_ms),
            server: micros.map_or_else(String::new, |micros| format!("{micros:.0} µs")),
            generator: share(sample.generator),
            others: share(sample.others),
            ..Self::new(what, format!("{:.0}/s", sample.rate))
        }
    }

    pub(crate) fn ratio(self, ratio: impl Into<String>) -> Self {
        Self { ratio: ratio.into(), ..self }
    }

    /// A goal, and whether it is reached.
    pub(crate) fn goal(self, goal: &str, reached: bool) -> Self {
        let verdict = if reached { "reached" } else { "missed" };
        Self { goal: format!("{goal}: {verdict}"), ..self }
    }

    fn cells(&self) -> [&str; 8] {
        let Self { what, result, ratio, goal, p99, server, generator, others } = self;
        [what, result, ratio, goal, p99, server, generator, others]
    }
}

/// The rows under their heads, in columns.
pub(crate) fn format(rows: &[Row]) -> String {
    let lines: Vec<[&str; 8]> = std::iter::once(HEAD).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| {
        lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let whole = cells.collect::<Vec<_>>().join("  ");
        text.push_str(whole.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [
            Row::new("start", "90 ms").goal("100 ms", true),
            Row::new("idle memory", "31.0 MB").goal("30 MB", false),
        ];
        let text = format(&rows);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("measured     result   ratio  goal"), "{text}");
        assert_eq!(lines[1], "start        90 ms           100 ms: reached");
        assert_eq!(lines[2], "idle memory  31.0 MB         30 MB: missed");
    }
}
