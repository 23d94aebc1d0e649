using System.Collections.Immutable;
using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>Keeps apart the files of models whose names differ in case alone.</summary>
internal static class HintNames
{
    private const string Extension = ".g.cs";

    /// <summary>The names that another one equals but for case.</summary>
    public static EquatableArray<string> Shared(ImmutableArray<string> names) => names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(alike => alike.Distinct().Count() > 1)
        .SelectMany(alike => alike)
        .ToEquatableArray();

    /// <summary>The name itself, or, where it is shared, one with a number that depends on the name alone.</summary>
    public static string Unique(string name, EquatableArray<string> shared) => !shared.Contains(name)
        ? name
        : name.Substring(0, name.Length - Extension.Length) + "." + Checksum(name).ToString("x8", CultureInfo.InvariantCulture) + Extension;

    /// <summary>FNV-1a over the name's characters.</summary>
    private static uint Checksum(string name) => name.Aggregate(2_166_136_261u, (hash, letter) => unchecked((hash ^ letter) * 16_777_619u));
}
