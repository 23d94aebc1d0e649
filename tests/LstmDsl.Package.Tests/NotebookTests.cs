namespace LstmDsl.Package.Tests;

/// <summary>The program of one file runs as its first comment says.</summary>
[Collection(PackageTests.Name)]
[Trait("Category", "Slow")]
public sealed class NotebookTests(PackageFeed feed)
{
    [Fact]
    public void Runs_from_any_folder_and_leaves_its_pictures_there()
    {
        using var folder = new TemporaryFolder();

        // With the library as it was built for the package: compiling it once more would take longer than all the rest.
        var run = Dotnet.Run(
            folder.Path, null,
            "run", Repository.At("samples", "Notebook", "forecast.cs"), "-c", "Release", "--artifacts-path", feed.BuildFolder,
            "-p:Version=" + feed.Version, "-p:BuildProjectReferences=false").Succeeded();
        Assert.Contains("2016-01-05  ", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["data.svg", "forecast.svg", "loss.svg"],
            Directory.GetFiles(folder.File("output")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }
}
