using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace LstmDsl.Package.Tests;

/// <summary>What is in the package, and what is not.</summary>
[Collection(PackageTests.Name)]
[Trait("Category", "Slow")]
public sealed class PackageContentTests(PackageFeed feed)
{
    // What NuGet's format adds to every package.
    private static readonly string[] OfTheFormat =
        ["[Content_Types].xml", "_rels/.rels", "package/services/metadata/core-properties/nuget.psmdcp"];

    [Fact]
    public void Holds_library_documentation_compiler_parts_readme_and_licence_and_nothing_else()
    {
        var compilerParts = Directory.GetFiles(Repository.At("generators"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => $"analyzers/dotnet/cs/{Path.GetFileNameWithoutExtension(project)}.dll");
        string[] expected =
        [
            .. compilerParts, .. OfTheFormat,
            "build/net10.0/LstmDsl.targets", "buildTransitive/net10.0/LstmDsl.targets", "lib/net10.0/LstmDsl.dll", "lib/net10.0/LstmDsl.xml", "LICENSE", "LstmDsl.nuspec", "README.md",
        ];
        Assert.Contains("analyzers/dotnet/cs/LstmDsl.Generators.dll", expected);
        Assert.Equal(expected.Order(StringComparer.Ordinal), Names(feed.PackagePath));
    }

    [Fact]
    public void Symbols_come_with_their_sources()
    {
        const string Symbols = "lib/net10.0/LstmDsl.pdb";
        string[] expected = [Symbols, "LstmDsl.nuspec", .. OfTheFormat];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Names(feed.SymbolsPath));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(feed.SymbolsPath, Symbols)));
        var reader = symbols.GetMetadataReader();

        // The kind of information that the portable PDB format defines for embedded sources.
        var embeddedSource = new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
        var without = reader.Documents
            .Where(document => !reader.GetCustomDebugInformation(document)
                .Any(information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind) == embeddedSource))
            .Select(document => reader.GetString(reader.GetDocument(document).Name));
        Assert.Empty(without);
    }

    [Fact]
    public void Depends_on_nothing()
    {
        var nuspec = XDocument.Parse(new StreamReader(new MemoryStream(Read(feed.PackagePath, "LstmDsl.nuspec"))).ReadToEnd());
        var space = nuspec.Root!.Name.Namespace;
        Assert.Empty(nuspec.Descendants(space + "dependency"));
        Assert.Equal("net10.0", Assert.Single(nuspec.Descendants(space + "group")).Attribute("targetFramework")!.Value);
        Assert.Equal("MIT", nuspec.Descendants(space + "license").Single().Value);
        Assert.Equal("README.md", nuspec.Descendants(space + "readme").Single().Value);

        using var library = new PEReader(new MemoryStream(Read(feed.PackagePath, "lib/net10.0/LstmDsl.dll")));
        var reader = library.GetMetadataReader();
        var referenced = reader.AssemblyReferences.Select(reference => reader.GetString(reader.GetAssemblyReference(reference).Name));
        Assert.All(referenced, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [LongFact]
    public void Packed_elsewhere_from_the_same_sources_it_has_the_same_bytes() =>
        Assert.Equal(File.ReadAllBytes(feed.PackagePath), File.ReadAllBytes(feed.PackAgain()));

    private static string[] Names(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }

    private static byte[] Read(string package, string name)
    {
        using var archive = ZipFile.OpenRead(package);
        using var entry = archive.GetEntry(name)!.Open();
        var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }
}
