using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LstmDsl.Tests;

/// <summary>What a browser without a window made of a page.</summary>
/// <param name="Dom">The page as it stood in the end.</param>
/// <param name="Console">What was said on the console.</param>
/// <param name="Requests">What the page asked for beside itself.</param>
/// <param name="PictureBytes">How long the picture of it is.</param>
internal sealed partial record OpenedPage(string Dom, IReadOnlyList<string> Console, IReadOnlyList<string> Requests, long PictureBytes)
{
    // What the browser asks for by itself.
    private const string BrowsersOwn = "not an origin";

    /// <summary>Opens a page; no name is resolved, so that nothing leaves the machine.</summary>
    public static OpenedPage In(TemporaryFolder folder, string path, int width, bool isDark)
    {
        var (log, picture) = (folder.File("net.json"), folder.File("page.png"));
        var start = new ProcessStartInfo(ChromiumTheoryAttribute.Program!)
        {
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={folder.File("profile")}",
                $"--log-net-log={log}", $"--window-size={width},2000", $"--screenshot={picture}",
                $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}", "--dump-dom", new Uri(path).AbsoluteUri,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        var (dom, errors) = (browser.StandardOutput.ReadToEndAsync(), browser.StandardError.ReadToEndAsync());
        Assert.True(browser.WaitForExit(TimeSpan.FromMinutes(2)), "The browser hangs.");
        return new(
            dom.Result,
            [.. errors.Result.Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))],
            [.. Initiators().Matches(File.ReadAllText(log)).Select(match => match.Groups[1].Value).Where(initiator => initiator != BrowsersOwn)],
            new FileInfo(picture).Length);
    }

    [GeneratedRegex("\"initiator\":\"([^\"]*)\"")]
    private static partial Regex Initiators();
}
