using System.Text;

namespace LstmDsl;

/// <summary>How a report looks: light or dark as the reader's screen is, on wide and narrow ones, and on paper.</summary>
internal static class ReportStyle
{
    // The palette's colours as they stand out on a dark ground, in the same order.
    private static readonly string[] OnDark = ["#5CB3F0", "#FF8F4A", "#3DD6A5", "#E6A3CB", "#FFC04D", "#9AD4F5", "#E5E7EB"];

    /// <summary>The style sheet.</summary>
    public static string Sheet { get; } = Make();

    private static string Make()
    {
        var sheet = new StringBuilder(Layout);
        // Charts carry their colours as attributes, for pictures that stand alone; here they follow the page.
        Follow(SvgPicture.Ink, "var(--ink)");
        Follow(SvgPicture.Quiet, "var(--quiet)");
        Follow(SvgPicture.Grid, "var(--line)");
        Follow(SvgPicture.AxisLine, "var(--axis)");
        Follow(SvgPicture.Ground, "var(--card)");
        sheet.Append("@media screen and (prefers-color-scheme:dark){");
        for (var place = 0; place < OnDark.Length; place++)
            Follow(LineChart.Palette[place], OnDark[place]);
        return sheet.Append("}\n").ToString();

        void Follow(string color, string css) =>
            sheet.Append($".chart [fill=\"{color}\"]{{fill:{css}}}.chart [stroke=\"{color}\"]{{stroke:{css}}}\n");
    }

    private const string Layout =
        """
        :root{color-scheme:light dark;--page:#f6f7f9;--card:#ffffff;--ink:#1f2937;--quiet:#4b5563;--line:#e5e7eb;--axis:#9ca3af;--accent:#0072b2;
          --heat:0,114,178;--warn:#fff4e0;--warnline:#e69f00}
        @media screen and (prefers-color-scheme:dark){:root{--page:#0f141b;--card:#18202a;--ink:#e8ebef;--quiet:#a9b3bf;--line:#2c3742;--axis:#647282;
          --accent:#5cb3f0;--heat:92,179,240;--warn:#332a17;--warnline:#ffc04d}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);line-height:1.5;
          font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans',sans-serif}
        main{max-width:1180px;margin:0 auto;padding:24px 20px 48px}
        h1{font-size:1.75rem;line-height:1.2;margin:0 0 4px}
        h2{font-size:1.3rem;margin:40px 0 12px}
        h3{font-size:1rem;margin:0 0 8px}
        p{margin:0 0 12px;max-width:75ch}
        .lead,.note,figcaption,.card small{color:var(--quiet)}
        .note,figcaption{font-size:.875rem}
        figcaption{margin:-6px 0 4px}
        nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:14px 0 0;font-size:.9rem}
        a{color:var(--accent)}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:12px;margin:0 0 16px}
        .card,figure,.box{background:var(--card);border:1px solid var(--line);border-radius:10px;margin:0 0 14px;padding:14px 16px}
        .card b{display:block;font-size:1.45rem;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums}
        .card span{font-size:.875rem}
        .card small{display:block;font-size:.8rem}
        .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,460px),1fr));gap:14px;margin:0 0 14px}
        .grid>*,.cards>*{margin:0}
        .beside>.box:last-child{margin:0}
        figure{break-inside:avoid}
        .chart{overflow-x:auto}
        .chart svg{display:block;width:100%;min-width:420px;height:auto}
        .chart.wide svg{min-width:720px}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;width:100%}
        th,td{padding:5px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
        th{font-weight:600;color:var(--quiet)}
        th:first-child,td:first-child{text-align:left}
        tr:last-child td{border-bottom:0}
        tr.first td{font-weight:650}
        .heat td{text-align:center;padding:4px 2px;min-width:34px;border:1px solid var(--card)}
        .heat td:first-child{text-align:left;padding-right:10px;border:0}
        .heat th{text-align:center;padding:4px 2px}
        .warn{background:var(--warn);border-left:4px solid var(--warnline);border-radius:6px;padding:8px 14px;margin:0 0 8px;max-width:none;font-size:.9rem}
        pre{overflow-x:auto;font-size:.78rem;line-height:1.35;margin:0}
        @media (max-width:560px){main{padding:18px 12px 32px}h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:30px}
          .card b{font-size:1.2rem}.cards{grid-template-columns:repeat(2,1fr)}figure,.box,.card{padding:10px 11px}}
        @media print{:root{color-scheme:light;font-size:12px}body{background:#fff}main{max-width:none;padding:0}nav{display:none}
          h2,h3{break-after:avoid}.card,figure,.box,.warn{break-inside:avoid}.grid{grid-template-columns:1fr 1fr}.cards{grid-auto-flow:column;
          grid-auto-columns:1fr;grid-template-columns:none}.card b{font-size:1.2rem}.chart svg,.chart.wide svg{min-width:0}
          .scroll,.chart,pre{overflow:visible}pre{white-space:pre-wrap}table{font-size:.78rem}th,td{padding:3px 4px}th,td:first-child{white-space:normal}
          .heat td{min-width:0;padding:3px 0;font-size:.7rem}.heat td,.warn{-webkit-print-color-adjust:exact;print-color-adjust:exact}}

        """;
}
