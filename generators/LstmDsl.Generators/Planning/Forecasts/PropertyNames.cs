using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators;

/// <summary>Makes names of properties of what data call their columns, and of quantiles' levels.</summary>
internal static class PropertyNames
{
    /// <summary>Members that a forecast's point or row has beside its columns, and names that the compiler keeps for itself.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "Time", "From", "Point", "Row", "CompiledForecast", "Mistake",
        "Clone", "Deconstruct", "EqualityContract", "PrintMembers", "Equals", "Finalize", "GetHashCode", "GetType",
        "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    /// <summary>Whether a column's property cannot have this name.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>
    /// The name that a column's property has unless it is given another: split at what no identifier has, words capitalised (<c>T (degC)</c>
    /// is <c>TDegC</c>), behind an underscore where it begins with a digit; empty where nothing is left.
    /// </summary>
    public static string OfColumn(string column)
    {
        var name = new StringBuilder();
        var beginsWord = true;
        foreach (var letter in column.Normalize(NormalizationForm.FormC))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format)
                continue;

            var isSeparator = letter == '_' || !SyntaxFacts.IsIdentifierPartCharacter(letter);
            if (!isSeparator)
                name.Append(beginsWord ? char.ToUpperInvariant(letter) : letter);
            beginsWord = isSeparator;
        }

        if (name.Length > 0 && !SyntaxFacts.IsIdentifierStartCharacter(name[0]))
            name.Insert(0, '_');
        return name.ToString();
    }

    /// <summary>A level's name, in percent: <c>P10</c> of 0.1, <c>P2_5</c> of 0.025.</summary>
    public static string OfLevel(double level) =>
        "P" + ((decimal)level * 100).ToString("0.##########################", CultureInfo.InvariantCulture).Replace('.', '_');
}
