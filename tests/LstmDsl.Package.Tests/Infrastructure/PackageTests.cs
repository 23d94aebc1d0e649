namespace LstmDsl.Package.Tests;

/// <summary>The tests that share one package; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PackageTests : ICollectionFixture<PackageFeed>
{
    public const string Name = "package";
}
