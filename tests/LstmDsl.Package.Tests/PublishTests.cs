namespace LstmDsl.Package.Tests;

/// <summary>The README's program without what it does not use, and as native code: not one warning, the same forecasts.</summary>
[Collection(PackageTests.Name)]
[Trait("Category", "Slow")]
public sealed class PublishTests(PackageFeed feed)
{
    // By default the trimmer says once for each package that there is something to say.
    internal const string EveryWarning = "<TrimmerSingleWarn>false</TrimmerSingleWarn>";

    [TrimmingFact]
    public void Runs_trimmed() => AssertRunsPublished(feed.Consumer(
        "Trimmed", EveryWarning + "<PublishTrimmed>true</PublishTrimmed>", ConsumerTests.Program(ReadmeExample.Source)));

    [NativeFact]
    public void Runs_as_native_code() => AssertRunsPublished(feed.Consumer(
        "Native", EveryWarning + "<PublishAot>true</PublishAot>", ConsumerTests.Program(ReadmeExample.Source)));

    internal static void AssertRunsPublished(ConsumerProject project)
    {
        Assert.DoesNotContain("warning", project.Publish().Succeeded().Output, StringComparison.Ordinal);
        ConsumerTests.AssertForecasts(project.RunPublished().Succeeded(), project);
    }
}
