namespace LstmDsl.Package.Tests;

/// <summary>The programs of one file run as their first comments say.</summary>
[Collection(PackageTests.Name)]
[Trait("Category", "Slow")]
public sealed class NotebookTests(PackageFeed feed)
{
    [Theory]
    [InlineData("Notebook", "forecast.cs", "2016-01-05  ", new[] { "data.svg", "forecast.svg", "loss.svg" })]
    [InlineData("BikeSharing", "bikes.cs", "2012-12-31 23:00  ", new[] { "bikes.html", "data.svg" })]
    public void Runs_from_any_folder_and_leaves_its_pictures_there(string sample, string program, string result, string[] files)
    {
        using var folder = new TemporaryFolder();

        // With the library as it was built for the package: compiling it once more would take longer than all the rest.
        var run = Dotnet.Run(
            folder.Path, null,
            "run", Repository.At("samples", sample, program), "-c", "Release", "--artifacts-path", feed.BuildFolder,
            "-p:Version=" + feed.Version, "-p:BuildProjectReferences=false").Succeeded();
        Assert.Contains(result, run.Output, StringComparison.Ordinal);
        Assert.Equal(files, Directory.GetFiles(folder.File("output")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }
}
