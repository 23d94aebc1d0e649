using System.Text;

namespace LstmDsl;

/// <summary>One HTML file that holds all it shows: no script, nothing fetched; every text that is put into it is escaped.</summary>
internal sealed class ReportPage
{
    private readonly SvgText html = new();
    private readonly string title;
    private readonly string lead;
    private readonly List<(string Id, string Name)> sections = [];

    /// <summary>Begins a page.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="lead">The line below it.</param>
    public ReportPage(string title, string lead) => (this.title, this.lead) = (title, lead);

    /// <summary>Begins a section.</summary>
    public void Section(string name)
    {
        var id = FormattableString.Invariant($"s{sections.Count + 1}");
        sections.Add((id, name));
        html.Line($"""<h2 id="{id}">{name}</h2>""");
    }

    /// <summary>Adds a paragraph.</summary>
    public void Paragraph(string text) => html.Line($"<p>{text}</p>");

    /// <summary>Adds a quiet remark.</summary>
    public void Note(string text) => html.Line($"""<p class="note">{text}</p>""");

    /// <summary>Adds what everyone should know.</summary>
    public void Warning(string text) => html.Line($"""<p class="warn">{text}</p>""");

    /// <summary>Adds figures that one sees first: a name, a number, a remark.</summary>
    public void Cards(IEnumerable<(string Name, string Number, string Remark)> cards)
    {
        html.Line($"""<div class="cards">""");
        foreach (var (name, number, remark) in cards)
            html.Line($"""<div class="card"><span>{name}</span><b>{number}</b><small>{remark}</small></div>""");
        html.Line($"</div>");
    }

    /// <summary>Puts figures beside each other where there is room.</summary>
    public void Beside(Action figures) => Within("grid", figures);

    /// <summary>Puts tables below each other, beside another figure.</summary>
    public void Below(Action tables) => Within("beside", tables);

    /// <summary>Adds a chart.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="remark">What else there is to say; null for nothing.</param>
    public void Figure(string name, LineChart chart, string? remark = null)
    {
        html.Line($"<figure><h3>{name}</h3>");
        if (remark is not null)
            html.Line($"<figcaption>{remark}</figcaption>");
        var kind = chart.Width > ReportCharts.Width ? "chart wide" : "chart";
        html.Line($"""<div class="{kind}">{new SvgText.Raw(chart.ToSvg())}</div></figure>""");
    }

    /// <summary>Adds a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="caption">What it is; null where the section's name says it.</param>
    /// <param name="emphasizesFirst">Whether the first row is the one that the others are compared with.</param>
    public void Table(TextTable table, string? caption = null, bool emphasizesFirst = false)
    {
        Begin(caption, "");
        Row(table.Head, "th", "");
        for (var row = 0; row < table.Rows.Count; row++)
            Row(table.Rows[row], "td", emphasizesFirst && row == 0 ? "first" : "");
        html.Line($"</table></div></div>");
    }

    /// <summary>Adds a table whose numbers have a ground that is the deeper the larger they are.</summary>
    /// <param name="caption">What it is.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="rows">The rows: a name, and a number for each column, null for none.</param>
    public void Heat(string caption, IReadOnlyList<string> columns, IReadOnlyList<(string Name, IReadOnlyList<double?> Numbers)> rows)
    {
        var numbers = rows.SelectMany(row => row.Numbers).OfType<double>().DefaultIfEmpty(0).ToArray();
        var (low, high) = (numbers.Min(), numbers.Max());
        var format = NumberText.Format([.. numbers.Select(number => (double?)(number * 10))]);
        Begin(caption, "heat");
        Row(["", .. columns], "th", "");
        foreach (var (name, cells) in rows)
        {
            html.Line($"<tr><td>{name}</td>");
            foreach (var cell in cells)
            {
                var share = cell is { } number && high > low ? (number - low) / (high - low) : 0;
                html.Line($"""<td style="background:rgba(var(--heat),{0.75 * share})">{NumberText.Of(cell, format)}</td>""");
            }

            html.Line($"</tr>");
        }

        html.Line($"</table></div></div>");
    }

    /// <summary>Adds lines as they are.</summary>
    public void Lines(string text) => html.Line($"""<div class="box"><pre>{text}</pre></div>""");

    /// <summary>The whole file.</summary>
    public string ToHtml()
    {
        var page = new SvgText();
        page.Line($"""<!DOCTYPE html>""");
        page.Line($"""<html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>""");
        // Whatever a name in the data says, the page fetches nothing and runs nothing.
        page.Line($"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>""");
        page.Line($"""<title>{title}</title><style>{new SvgText.Raw(ReportStyle.Sheet)}</style></head><body><main>""");
        page.Line($"""<header><h1>{title}</h1><p class="lead">{lead}</p><nav>""");
        foreach (var (id, name) in sections)
            page.Line($"""<a href="#{id}">{name}</a>""");
        page.Line($"""</nav></header>{new SvgText.Raw(html.ToString())}</main></body></html>""");
        return page.ToString();
    }

    /// <summary>Writes the file; an existing one is replaced as a whole.</summary>
    /// <exception cref="ArgumentException">The path does not end in <c>.html</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToHtml())));

    /// <summary>Refuses a file that a browser would not take for a page.</summary>
    public static void RequireHtml(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Path.GetExtension(path).Equals(".html", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"A report is a page for a browser, so that its file is named .html; found \"{path}\".", nameof(path));
    }

    private void Within(string kind, Action content)
    {
        html.Line($"""<div class="{kind}">""");
        content();
        html.Line($"</div>");
    }

    private void Begin(string? caption, string kind)
    {
        html.Line($"""<div class="box">""");
        if (caption is not null)
            html.Line($"<h3>{caption}</h3>");
        html.Line($"""<div class="scroll"><table class="{kind}">""");
    }

    private void Row(IReadOnlyList<string> cells, string tag, string kind)
    {
        var raw = new SvgText.Raw(tag);
        html.Line($"""<tr class="{kind}">""");
        foreach (var cell in cells)
            html.Line($"<{raw}>{cell}</{raw}>");
        html.Line($"</tr>");
    }
}
