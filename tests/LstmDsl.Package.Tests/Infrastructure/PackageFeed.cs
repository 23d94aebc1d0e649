namespace LstmDsl.Package.Tests;

/// <summary>
/// A folder outside the repository with the package, made from the sources as they are, and the projects that consume it. Restored packages
/// stay in there; what a machine has already restored is read from its own folder and not loaded again.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<string> precompiled;

    public PackageFeed()
    {
        // A version of its own, so that no cache can answer with another build of the package.
        Version = FormattableString.Invariant($"0.0.0-test.{DateTime.UtcNow.Ticks}");
        precompiled = new(PackPrecompiled);
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

    /// <summary>The version of the package with precompiled libraries, which is made when it is first asked for.</summary>
    public string PrecompiledVersion => precompiled.Value;

    /// <summary>The package with precompiled libraries.</summary>
    public string PrecompiledPath => folder.File(Path.Combine("feed", $"LstmDsl.{PrecompiledVersion}.nupkg"));

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
    /// <param name="version">The package's version, where it is another one.</param>
    internal ConsumerProject Consumer(
        string name,
        string properties,
        IReadOnlyDictionary<string, string> sources,
        string sdk = "Microsoft.NET.Sdk",
        string? version = null)
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
                <PackageReference Include="LstmDsl" Version="{version ?? Version}" />
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

    private string PackPrecompiled()
    {
        var version = Version + ".precompiled";
        Pack(folder.File("feed"), folder.File("precompiled-build"), version, "-p:Precompile=true");
        return version;
    }

    // A folder of its own for everything that a build writes: the solution's other projects may be building at this moment. They are also
    // analysed there, which takes longer than to compile them.
    private void Pack(string feed) => Pack(folder.File(feed), folder.File(feed + "-build"), Version);

    private static void Pack(string output, string build, string version, params string[] options) => Dotnet.Run(
        Repository.Root, null,
        [
            "pack", Repository.At("src", "LstmDsl"), "-c", "Release", "-o", output, "--artifacts-path", build,
            "-p:Version=" + version, "-p:RunAnalyzers=false", .. options,
        ]).Succeeded();
}
