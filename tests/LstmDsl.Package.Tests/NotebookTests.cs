namespace LstmDsl.Package.Tests;

/// <summary>The program of one file runs as its first comment says.</summary>
[Trait("Category", "Slow")]
public sealed class NotebookTests
{
    [Fact]
    public void Runs_from_its_folder_and_from_any_other()
    {
        using var folder = new TemporaryFolder();
        var file = Repository.At("samples", "Notebook", "forecast.cs");

        // Folders of its own for everything that a build writes: the solution's other projects may be building at this moment.
        var run = Dotnet.Run(folder.Path, null, "run", file, "--artifacts-path", folder.File("build")).Succeeded();
        Assert.Contains("2016-01-05  ", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["data.svg", "forecast.svg", "loss.svg"],
            Directory.GetFiles(folder.File("output")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }
}
