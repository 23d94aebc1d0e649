using System.Globalization;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LstmDsl.Package.Tests;

/// <summary>The package with libraries that are compiled before they start (<c>dotnet pack -p:Precompile=true</c>).</summary>
[Collection(PackageTests.Name)]
[Trait("Category", "Slow")]
public sealed class PrecompiledTests(PackageFeed feed)
{
    private const string Portable = "lib/net10.0/LstmDsl.dll";

    // What .NET adds to a machine's number for Linux, so that Windows does not take the file for its own.
    private const Machine OfLinux = (Machine)0x7B79;

    // Trains and forecasts, then says how many methods were compiled meanwhile.
    private const string Program =
        """
        using LstmDsl;

        var weather = TimeSeries.ReadCsv("seattle-weather.csv", time: "date", values: ["temp_max"]);
        var (train, validation, _) = weather.Split(0.70, 0.15).Standardize().Windows(timesteps: 20, batchSize: 32);
        var model = new Weather(seed: 42);
        new Weather.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(train, validation, epochs: 2, verbose: 0);
        foreach (var next in model.Forecast(weather, steps: 5))
            Console.Write(string.Create(null, $"{BitConverter.SingleToUInt32Bits((float)next.Value):x8} "));
        Console.Write(System.Runtime.JitInfo.GetCompiledMethodCount());

        [Input(20, 1), Lstm(20), Dense(1)]
        internal sealed partial class Weather;
        """;

    [PrecompiledFact]
    public void Each_machine_s_library_is_the_portable_one_with_native_code()
    {
        var portable = Describe(feed.PrecompiledPath, Portable);
        Assert.False(portable.HasNativeCode);
        var linux = Describe(feed.PrecompiledPath, "runtimes/linux-x64/" + Portable);
        Assert.Equal((Machine.Amd64 ^ OfLinux, true, portable.Module), linux);
        Assert.Equal((Machine.Amd64, true, portable.Module), Describe(feed.PrecompiledPath, "runtimes/win-x64/" + Portable));
    }

    [PrecompiledFact]
    public void It_forecasts_the_same_bits_and_compiles_less_than_half_as_many_methods()
    {
        var without = Words(feed.Consumer("Portable", "", ConsumerTests.Program(Program)));
        var with = Words(feed.Consumer("Precompiled", "", ConsumerTests.Program(Program), version: feed.PrecompiledVersion));
        Assert.Equal(without[..^1], with[..^1]);
        Assert.InRange(int.Parse(with[^1], CultureInfo.InvariantCulture), 1, int.Parse(without[^1], CultureInfo.InvariantCulture) / 2);
    }

    [PrecompiledFact]
    public void It_is_trimmed_without_a_warning()
    {
        var project = feed.Consumer(
            "PrecompiledTrimmed",
            PublishTests.EveryWarning + "<PublishTrimmed>true</PublishTrimmed>",
            ConsumerTests.Program(ReadmeExample.Source),
            version: feed.PrecompiledVersion);
        PublishTests.AssertRunsPublished(project);
    }

    [PrecompiledFact]
    public void It_becomes_native_code_without_a_warning()
    {
        var project = feed.Consumer(
            "PrecompiledNative",
            PublishTests.EveryWarning + "<PublishAot>true</PublishAot>",
            ConsumerTests.Program(ReadmeExample.Source),
            version: feed.PrecompiledVersion);
        PublishTests.AssertRunsPublished(project);
    }

    private static string[] Words(ConsumerProject project)
    {
        project.Build().Succeeded();
        return project.Run().Succeeded().Output.Split(' ');
    }

    private static (Machine Machine, bool HasNativeCode, Guid Module) Describe(string package, string name)
    {
        using var archive = ZipFile.OpenRead(package);
        using var entry = archive.GetEntry(name)!.Open();
        var content = new MemoryStream();
        entry.CopyTo(content);
        content.Position = 0;
        using var file = new PEReader(content);
        var metadata = file.GetMetadataReader();
        return (
            file.PEHeaders.CoffHeader.Machine,
            file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0,
            metadata.GetGuid(metadata.GetModuleDefinition().Mvid));
    }
}
