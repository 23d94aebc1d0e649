using System.Xml.Linq;

namespace LstmDsl.Tests;

/// <summary>Summaries of models with branches against those that Keras printed.</summary>
public sealed class GraphSummaryTests
{
    private const int KerassLineLength = 108;

    // Keras sorts layers by how far they lie from the output and shows the operations that make masks; these have neither to show.
    private const int CasesInOneOrder = 18;

    /// <summary>Names of the cases.</summary>
    public static TheoryData<string> Cases => [.. FunctionalCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_layer_s_row_is_one_of_Keras_s(string name) => FunctionalCases.All[name](new ComparesRows(), name);

    [Fact]
    public void Where_Keras_has_the_same_layers_in_the_same_order_the_table_is_its_own()
    {
        var check = new ComparesText();
        foreach (var (name, run) in FunctionalCases.All)
            run(check, name);
        Assert.Equal(CasesInOneOrder, check.Compared);
    }

    [Fact]
    public void The_comment_that_an_editor_shows_has_the_same_table()
    {
        var check = new ReadsComments();
        foreach (var (name, run) in FunctionalCases.All)
            run(check, name);
    }

    private static (string Keras, string Own) Texts<TModel>(string name) where TModel : class, IRecurrentModel<TModel> => (
        new FunctionalCase(name).Summary.Replace("\"functional\"", $"\"{TModel.Plan.Name}\"", StringComparison.Ordinal),
        TModel.Plan.GetSummary(KerassLineLength).ReplaceLineEndings("\n"));

    /// <summary>A table's rows, the cells' lines joined.</summary>
    private static List<string[]> Rows(string table)
    {
        List<string[]> rows = [];
        foreach (var rule in table.Split('\n').SkipWhile(line => !line.StartsWith('┡')).TakeWhile(line => !line.StartsWith(' ')))
        {
            if (!rule.StartsWith('│'))
                rows.Add(["", "", "", ""]);
            else
                rows[^1] = [.. rows[^1].Zip(rule.Split('│')[1..^1], (before, more) => before + more.Trim())];
        }

        // The last rule closes the table.
        return rows[..^1];
    }

    /// <summary>The lines below a table but the total, to which an optimizer adds what a plan does not know.</summary>
    private static IEnumerable<string> Totals(string table) => table.Split('\n').Where(line => line.Contains("rainable params", StringComparison.Ordinal));

    /// <summary>A name without its class or call.</summary>
    private static string Name(string cell) => cell.Split('(', '[')[0].Trim();

    // A source that fits its line and its comma does not ends in an ellipsis.
    private static string[] Sources(string cell) =>
        cell.Replace("…", "],", StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What Keras has between two declared layers: a vector as a sequence of one for attention; else it makes a mask.</summary>
    private static string? Declared(string source, ILookup<string, string[]> keras, HashSet<string> declared)
    {
        var row = keras[Name(source)].Single();
        return declared.Contains(row[0]) ? source
            : row[0].EndsWith("(Reshape)", StringComparison.Ordinal) ? Declared(row[3], keras, declared)
            : null;
    }

    private sealed class ComparesRows : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            var (keras, own) = Texts<TModel>(name);
            var declared = Rows(own).Select(row => row[0]).ToHashSet();
            var rows = Rows(keras).ToLookup(row => Name(row[0]));
            foreach (var row in Rows(own))
            {
                var known = rows[Name(row[0])].Single();
                var reshaped = Rows(keras).Where(
                    other => !declared.Contains(other[0]) && other[0].EndsWith("(Reshape)", StringComparison.Ordinal) && Name(other[3]) == Name(row[0]));
                Assert.Equal((known[0], known[2]), (row[0], row[2]));
                Assert.Contains(row[1], reshaped.Append(known).Select(other => other[1]));
                if (TModel.Plan.IsSequential)
                    continue;
                var sources = known[3] == "-"
                    ? ["-"]
                    : Sources(known[3]).Select(source => Declared(source, rows, declared)).OfType<string>();
                Assert.Equal(sources, Sources(row[3]));
            }

            Assert.Equal(Totals(keras), Totals(own));
        }
    }

    private sealed class ComparesText : INetworkCheck
    {
        public int Compared { get; private set; }

        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            var (keras, own) = Texts<TModel>(name);
            if (!Rows(keras).Select(row => row[0]).SequenceEqual(Rows(own).Select(row => row[0])))
                return;
            Assert.Equal(keras, own);
            Compared++;
        }
    }

    private sealed class ReadsComments : INetworkCheck
    {
        private readonly XDocument comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "LstmDsl.TestKit.xml"));

        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            var member = Assert.Single(comments.Descendants("member"), member => member.Attribute("name")!.Value == "T:" + typeof(TModel).FullName);
            Assert.Equal(Lines(TModel.Summary), Lines(member.Descendants("code").Single().Value));
        }

        // The compiler indents what it writes.
        private static IEnumerable<string> Lines(string text) => text.Trim().Split('\n').Select(line => line.Trim());
    }
}
