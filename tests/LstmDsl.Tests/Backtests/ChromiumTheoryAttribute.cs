namespace LstmDsl.Tests;

/// <summary>A test that opens a browser; where there is none it is skipped and says so.</summary>
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    /// <summary>The browser; null where there is none.</summary>
    public static string? Program { get; } = Tools.Find("LSTMDSL_CHROMIUM", "chromium", "chromium-browser", "google-chrome") is [var found, ..] ? found : null;

    public ChromiumTheoryAttribute()
    {
        if (Program is null)
            Skip = "No chromium and no google-chrome in PATH; LSTMDSL_CHROMIUM may name one.";
    }
}
