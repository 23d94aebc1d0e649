namespace LstmDsl.Package.Tests;

/// <summary>
/// A folder outside the repository with the package, made from the sources as they are, and the projects that consume it. Restored packages
/// stay in there; what a machine has already restored is read from its own folder and not loaded again.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PackageFeed()
    {
        // A version of its own, so that no cache can answer with another build of the package.
        Version = FormattableString.Invariant($"0.0.0-test.{DateTime.UtcNow.Ticks}");
        Pack("feed");

        var machinePackages = Dotnet.Run(folder.Path, null, "nuget", "locals", "global-packages", "--list").Succeeded().Output;
        machinePackages = machinePackages[(machinePackages.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        File.Copy(Repository.At("global.json"), folder.File("global.json"));
        File.WriteAllText(folder.File("NuGet.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="packed" value="feed" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{machinePackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);

        // Where no feed can be reached, what is known of vulnerabilities is not, and a warning about it would be an error here.
        File.WriteAllText(folder.File("Directory.Build.props"),
            """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
    }

    /// <summary>The package's version.</summary>
    public string Version { get; }

    /// <summary>The package.</summary>
    public string PackagePath => folder.File(Path.Combine("feed", $"LstmDsl.{Version}.nupkg"));

    /// <summary>The package of its symbols.</summary>
    public string SymbolsPath => Path.ChangeExtension(PackagePath, "snupkg");

    /// <summary>The library that is in the package.</summary>
    internal string LibraryPath => Path.Combine(BuildFolder, "bin", "LstmDsl", "release", "LstmDsl.dll");

    /// <summary>The folder in which the package was built, in the configuration Release and with its version.</summary>
    internal string BuildFolder => folder.File("feed-build");

    /// <summary>The folder that takes restored packages.</summary>
    internal string RestoredPackages => folder.File("packages");

    /// <summary>Packs once more, with other build folders, and returns the package's path.</summary>
    internal string PackAgain()
    {
        Pack("again");
        return folder.File(Path.Combine("again", Path.GetFileName(PackagePath)));
    }

    /// <summary>Makes a project that references the package.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="properties">Properties beyond those of a new console project.</param>
    /// <param name="sdk">Its SDK.</param>
    /// <param name="sources">File names and texts.</param>
    internal ConsumerProject Consumer(
        string name, string properties, IReadOnlyDictionary<string, string> sources, string sdk = "Microsoft.NET.Sdk")
    {
        var project = Directory.CreateDirectory(folder.File(name)).FullName;
        File.WriteAllText(Path.Combine(project, name + ".csproj"),
            $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LstmDsl" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        foreach (var (file, text) in sources)
            File.WriteAllText(Path.Combine(project, file), text);
        const string Data = "seattle-weather.csv";
        File.Copy(Repository.At("samples", "TemperatureForecast", "data", Data), Path.Combine(project, Data));
        return new(name, project, RestoredPackages);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    // A folder of its own for everything that a build writes: the solution's other projects may be building at this moment. They are also
    // analysed there, which takes longer than to compile them.
    private void Pack(string feed) => Dotnet.Run(
        Repository.Root, null,
        "pack", Repository.At("src", "LstmDsl"), "-c", "Release", "-o", folder.File(feed), "--artifacts-path", folder.File(feed + "-build"),
        "-p:Version=" + Version, "-p:RunAnalyzers=false").Succeeded();
}
