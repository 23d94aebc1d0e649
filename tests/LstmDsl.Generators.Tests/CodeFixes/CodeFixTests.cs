using LstmDsl.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LstmDsl.Generators.Tests;

/// <summary>Each fix, applied to a document: the text that comes out, and that nobody has anything left to say about it.</summary>
public sealed class CodeFixTests
{
    private static readonly CodeFixProvider[] Fixes =
    [
        new MakePartialFix(), new ReturnSequencesFix(), new MoveTogetherFix(), new MoveInputFirstFix(), new MoveRefinementFix(),
        new RemoveFix(), new RemoveModifierFix(), new ChainConstructorFix(), new SigmoidFix(), new RemoveRequiredFix(), new LevelsFix(), new AddFutureFix(),
        new NearestNameFix(),
    ];

    [Theory]
    [InlineData("LSTM001")]
    [InlineData("CS0260")]
    public Task A_class_is_made_partial(string id) => AssertMended(
        id, "Make 'M' partial",
        """
        using LstmDsl;

        /// <summary>A model.</summary>
        [Input(20, 1)] // timesteps, features
        [Lstm(20)]
        [Dense(1)]
        internal sealed class M;
        """,
        """
        using LstmDsl;

        /// <summary>A model.</summary>
        [Input(20, 1)] // timesteps, features
        [Lstm(20)]
        [Dense(1)]
        internal sealed partial class M;
        """);

    [Fact]
    public Task A_class_without_modifiers_is_made_partial() => AssertMended(
        "LSTM001", "Make 'M' partial",
        "using LstmDsl;\n\n[Input(20, 1), Lstm(20), Dense(1)]\n// A comment.\nclass M\n{\n}\n",
        "using LstmDsl;\n\n[Input(20, 1), Lstm(20), Dense(1)]\n// A comment.\npartial class M\n{\n}\n");

    [Fact]
    public Task The_part_that_lacks_it_is_made_partial() => AssertMended(
        "LSTM001", "Make 'M' partial",
        ["using LstmDsl; [Input(20, 1), Lstm(20), Dense(1)] partial class M;", "// The other part.\ninternal class M { }"],
        ["using LstmDsl; [Input(20, 1), Lstm(20), Dense(1)] partial class M;", "// The other part.\ninternal partial class M { }"]);

    [Theory]
    [InlineData("LSTM013")]
    [InlineData("CS0260")]
    public Task A_type_around_a_model_is_made_partial(string id) => AssertMended(
        id, "Make 'Outer' partial",
        "internal static class Outer\n{\n    [LstmDsl.Input(20, 1), LstmDsl.Lstm(20)]\n    internal partial class M;\n}\n",
        "internal static partial class Outer\n{\n    [LstmDsl.Input(20, 1), LstmDsl.Lstm(20)]\n    internal partial class M;\n}\n");

    [Fact]
    public async Task A_class_that_is_no_model_is_left_to_the_compiler()
    {
        var (title, _) = await Mending.ApplyAsync(new MakePartialFix(), "CS0260", "class Plain; partial class Plain;");
        Assert.Null(title);
    }

    [Theory]
    [InlineData("[Lstm(20)]", "[Lstm(20, ReturnSequences = true)]")]
    [InlineData("[Lstm(20, Init.Zeros, Name = \"First\")]", "[Lstm(20, Init.Zeros, Name = \"First\", ReturnSequences = true)]")]
    [InlineData("[Lstm(20, ReturnSequences = false, UseBias = false)]", "[Lstm(20, ReturnSequences = true, UseBias = false)]")]
    [InlineData("[Lstm(\n    20)] // a comment", "[Lstm(\n    20, ReturnSequences = true)] // a comment")]
    public Task Sequences_are_returned(string wrong, string right) => AssertMended(
        "LSTM006", "Set ReturnSequences = true",
        $"using LstmDsl;\n\n[Input(20, 1)]\n{wrong}\n[Lstm(8)]\n[Dense(1)]\ninternal sealed partial class M;\n",
        $"using LstmDsl;\n\n[Input(20, 1)]\n{right}\n[Lstm(8)]\n[Dense(1)]\ninternal sealed partial class M;\n");

    [Fact]
    public Task Attributes_are_moved_together_from_another_file() => AssertMended(
        "LSTM007", "Move the attributes of 'M' together",
        [
            """
            using LstmDsl;

            namespace Weather;

            /// <summary>The head.</summary>
            [System.Obsolete("not ours")]
            [Dense(8)] // eight
            // What the bias starts with.
            [Bias(Init.Ones)]
            [Dense(1)]
            internal sealed partial class M
            {
                internal int Own => 1;
            }
            """,
            """
            using LstmDsl;

            namespace Weather;

            /// <summary>The body.</summary>
            [Input(20, 1)]
            [Lstm(20)]
            internal sealed partial class M;
            """,
        ],
        [
            """
            using LstmDsl;

            namespace Weather;

            /// <summary>The head.</summary>
            [System.Obsolete("not ours")]
            internal sealed partial class M
            {
                internal int Own => 1;
            }
            """,
            """
            using LstmDsl;

            namespace Weather;

            /// <summary>The body.</summary>
            [Input(20, 1)]
            [Lstm(20)]
            [Dense(8)] // eight
            // What the bias starts with.
            [Bias(Init.Ones)]
            [Dense(1)]
            internal sealed partial class M;
            """,
        ],
        mentions: "CS0618");

    [Fact]
    public Task Attributes_are_moved_together_within_a_file() => AssertMended(
        "LSTM007", "Move the attributes of 'M' together",
        """
        using LstmDsl;

        internal static partial class Outer
        {
            [Input(20, 1), Lstm(20)]
            internal sealed partial class M;

            [Dense(8), Dense(1)]
            internal sealed partial class M;
        }
        """,
        """
        using LstmDsl;

        internal static partial class Outer
        {
            [Input(20, 1), Lstm(20)]
            [Dense(8)]
            [Dense(1)]
            internal sealed partial class M;

            internal sealed partial class M;
        }
        """);

    [Fact]
    public Task The_input_is_moved_before_the_layers() => AssertMended(
        "LSTM005", "Move [Input] before the layers",
        """
        using LstmDsl;

        /// <summary>A model.</summary>
        [Lstm(20)]
        [Dense(1)] // one number
        [Input(20, 1)] // timesteps, features
        internal sealed partial class M;
        """,
        """
        using LstmDsl;

        /// <summary>A model.</summary>
        [Input(20, 1)] // timesteps, features
        [Lstm(20)]
        [Dense(1)] // one number
        internal sealed partial class M;
        """);

    [Theory]
    [InlineData("[Lstm(20), Input(20, 1), Dense(1)]", "[Input(20, 1), Lstm(20), Dense(1)]")]
    [InlineData("[Lstm(20), Dense(1), Input(20, 1)]", "[Input(20, 1), Lstm(20), Dense(1)]")]
    [InlineData("[Lstm(20)] [Input(20, 1)] [Dense(1)]", "[Input(20, 1)] [Lstm(20)] [Dense(1)]")]
    [InlineData("[Lstm(20)] [Dense(1), Input(20, 1)]", "[Input(20, 1)] [Lstm(20)] [Dense(1)]")]
    public Task The_input_is_moved_within_a_line(string wrong, string right) => AssertMended(
        "LSTM005", "Move [Input] before the layers",
        $"using LstmDsl;\n\n    {wrong} internal sealed partial class M;\n",
        $"using LstmDsl;\n\n    {right} internal sealed partial class M;\n");

    [Fact]
    public Task A_refinement_is_moved_behind_the_layer_that_follows_it() => AssertMended(
        "LSTM008", "Move [Kernel] behind the layer that follows it",
        "using LstmDsl;\n\n[Input(20, 1)]\n[Kernel(Init.Zeros)] // zeros\n[Lstm(20)]\n[Dense(1)]\ninternal sealed partial class M;\n",
        "using LstmDsl;\n\n[Input(20, 1)]\n[Lstm(20)]\n[Kernel(Init.Zeros)] // zeros\n[Dense(1)]\ninternal sealed partial class M;\n");

    [Theory]
    [InlineData("LSTM009", "Remove [Bias]", "[Lstm(20, UseBias = false)]\n[Bias(Init.Ones)]\n[Dense(1)]", "[Lstm(20, UseBias = false)]\n[Dense(1)]")]
    [InlineData("LSTM009", "Remove [RecurrentKernel]", "[Lstm(20), Dense(1), RecurrentKernel(Init.Ones)]", "[Lstm(20), Dense(1)]")]
    [InlineData("LSTM012", "Remove [Kernel]", "[Lstm(20, Init.Zeros)]\n[Kernel(Init.Ones)]\n[Dense(1)]", "[Lstm(20, Init.Zeros)]\n[Dense(1)]")]
    [InlineData("LSTM012", "Remove 'Value'", "[Lstm(20)]\n[Kernel(Init.Ones, Value = 2)]\n[Dense(1)]", "[Lstm(20)]\n[Kernel(Init.Ones)]\n[Dense(1)]")]
    [InlineData("LSTM012", "Remove 'UnitForgetBias'", "[Lstm(20, UnitForgetBias = true, UseBias = false)]\n[Dense(1)]", "[Lstm(20, UseBias = false)]\n[Dense(1)]")]
    [InlineData("LSTM018", "Remove [Input]", "[Input(5, 1)]\n[Lstm(20)]\n[Dense(1)]", "[Lstm(20)]\n[Dense(1)]")]
    public Task What_says_nothing_is_removed(string id, string title, string wrong, string right) => AssertMended(
        id, title,
        $"using LstmDsl;\n\n[Input(20, 1)]\n{wrong}\ninternal sealed partial class M;\n",
        $"using LstmDsl;\n\n[Input(20, 1)]\n{right}\ninternal sealed partial class M;\n");

    [Theory]
    [InlineData("abstract", "internal abstract partial class M;", "internal partial class M;")]
    [InlineData("static", "static partial class M;", "partial class M;")]
    [InlineData("file", "file sealed partial class M;", "sealed partial class M;")]
    public Task A_modifier_is_removed(string modifier, string wrong, string right) => AssertMended(
        "LSTM014", $"Remove '{modifier}'",
        $"using LstmDsl;\n\n[Input(20, 1), Lstm(20), Dense(1)]\n{wrong}\n",
        $"using LstmDsl;\n\n[Input(20, 1), Lstm(20), Dense(1)]\n{right}\n");

    [Theory]
    [InlineData("internal M(string name) => Name = name;", "internal M(string name) : this(seed: 0) => Name = name;")]
    [InlineData("internal M(string name)\n    {\n        Name = name;\n    }", "internal M(string name) : this(seed: 0)\n    {\n        Name = name;\n    }")]
    [InlineData("internal M(string name) : base() => Name = name;", "internal M(string name) : this(seed: 0) => Name = name;")]
    public Task A_constructor_calls_the_generated_one(string wrong, string right) => AssertMended(
        "LSTM019", "Call the generated constructor",
        $$"""using LstmDsl; [Input(20, 1), Lstm(20), Dense(1)] partial class M { internal string Name { get; } = ""; {{wrong}} }""",
        $$"""using LstmDsl; [Input(20, 1), Lstm(20), Dense(1)] partial class M { internal string Name { get; } = ""; {{right}} }""");

    [Theory]
    [InlineData("[Add(\"Wyde\")]", "[Add(\"Wide\")]")]
    [InlineData("[Add(\"Series\", /* both */ \"Wyde\")]", "[Add(\"Series\", /* both */ \"Wide\")]")]
    [InlineData("[Gru(1, InitialState = \"Encode\")]", "[Gru(1, InitialState = \"Encoder\")]")]
    public Task A_name_becomes_the_nearest_one(string wrong, string right) => AssertMended(
        "LSTM027", $"Use {right.Split('/', '(', '=', ',')[^1].Trim(' ', ')', ']').Split(' ')[^1]}",
        Named(wrong), Named(right));

    private static string Named(string layer) =>
        $"using LstmDsl;\n\n[Input(20, 1, Name = \"Series\"), Dense(1, Name = \"Wide\"), Gru(1, ReturnSequences = true, Name = \"Encoder\")]\n"
        + $"{layer}\ninternal sealed partial class M;\n";

    [Theory]
    [InlineData("Sigmoid", "[Dense(1, Activation = Activation.Softmax)]", "[Dense(1, Activation = Activation.Sigmoid)]")]
    [InlineData("Sigmoid", "[Conv1D(1, 3, Activation = LstmDsl.Activation.Softmax /* ? */)]", "[Conv1D(1, 3, Activation = LstmDsl.Activation.Sigmoid /* ? */)]")]
    [InlineData("LogSigmoid", "[Dense(1), Activation(Activation.LogSoftmax)]", "[Dense(1), Activation(Activation.LogSigmoid)]")]
    [InlineData("Sigmoid", "[Dense(1), Activation(Softmax)]", "[Dense(1), Activation(Sigmoid)]")]
    public Task A_softmax_of_one_becomes_a_sigmoid(string sigmoid, string wrong, string right) => AssertMended(
        "LSTM025", $"Use {sigmoid}",
        $"using LstmDsl;\nusing static LstmDsl.Activation;\n\n[Input(20, 1)]\n{wrong}\ninternal sealed partial class M;\n",
        $"using LstmDsl;\nusing static LstmDsl.Activation;\n\n[Input(20, 1)]\n{right}\ninternal sealed partial class M;\n",
        mentions: "CS8019");

    [Theory]
    [InlineData("internal required int Station { get; set; }", "internal int Station { get; set; }")]
    [InlineData("required internal int Station;", "internal int Station;")]
    [InlineData("/// <summary>Where.</summary>\n    required internal int Station { get; init; }", "/// <summary>Where.</summary>\n    internal int Station { get; init; }")]
    public Task A_member_is_no_longer_required(string wrong, string right) => AssertMended(
        "LSTM026", "Remove 'required'",
        $"using LstmDsl;\n\n[Input(20, 1), Lstm(20), Dense(1)]\npartial class M\n{{\n    {wrong}\n}}\n",
        $"using LstmDsl;\n\n[Input(20, 1), Lstm(20), Dense(1)]\npartial class M\n{{\n    {right}\n}}\n",
        mentions: "CS0649");

    [Theory]
    [InlineData("LSTM008", "using LstmDsl; [Bias(Init.Zeros)] class Other;")]
    [InlineData("LSTM025", "using LstmDsl; [Input(20, 1), Dense(1, Activation = M.Last)] partial class M { internal const Activation Last = Activation.Softmax; }")]
    [InlineData("LSTM026", "using LstmDsl; class Base { public required int Size; } [Input(20, 1), Lstm(20)] partial class M : Base;")]
    [InlineData("LSTM014", "using LstmDsl; [Input(20, 1), Lstm(20)] partial record M;")]
    [InlineData("LSTM019", "using LstmDsl; [Input(20, 1), Lstm(20)] partial class M { internal M(int size) { } }")]
    [InlineData("LSTM019", "using LstmDsl; [Input(20, 1), Lstm(20)] partial class M(string name) { internal string Name => name; }")]
    [InlineData("LSTM019", "using LstmDsl; class Base(int size) { internal int Size => size; } [Input(20, 1), Lstm(20)] partial class M : Base { internal M() : base(3) { } }")]
    public async Task Nothing_is_offered_where_a_decision_is_needed(string id, string source)
    {
        var (title, sources) = await Mending.ApplyAsync(FixOf(id), id, source);
        Assert.Null(title);
        Assert.Equal([source], sources);
    }

    [Fact]
    public async Task All_sequences_are_returned_at_once() => Assert.Equal(
        ["using LstmDsl; [Input(20, 1), Lstm(20, ReturnSequences = true), Lstm(9, ReturnSequences = true), Lstm(8)] partial class M;"],
        await Mending.ApplyToAllAsync(
            new ReturnSequencesFix(), "LSTM006", "using LstmDsl; [Input(20, 1), Lstm(20), Lstm(9), Lstm(8)] partial class M;"));

    [Fact]
    public async Task All_classes_are_made_partial_at_once() => Assert.Equal(
        ["[LstmDsl.Input(1, 1), LstmDsl.Dense(1)] partial class M;", "[LstmDsl.Input(1, 1), LstmDsl.Dense(1)] public partial class N;"],
        await Mending.ApplyToAllAsync(
            new MakePartialFix(), "LSTM001",
            "[LstmDsl.Input(1, 1), LstmDsl.Dense(1)] class M;", "[LstmDsl.Input(1, 1), LstmDsl.Dense(1)] public class N;"));

    [Fact]
    public async Task All_that_says_nothing_is_removed_at_once() => Assert.Equal(
        ["using LstmDsl; [Input(1, 1), Dense(1, UseBias = false), Dense(1)] partial class M;"],
        await Mending.ApplyToAllAsync(
            new RemoveFix(), "LSTM009",
            "using LstmDsl; [Input(1, 1), Dense(1, UseBias = false), Bias(Init.Ones), Dense(1), RecurrentKernel(Init.Ones)] partial class M;"));

    [Fact]
    public async Task Attributes_of_several_models_are_moved_together_at_once() => Assert.Equal(
        [
            "using LstmDsl;\n[Input(1, 1)]\n[Dense(1)]\npartial class M;\n[Input(1, 1)]\n[Dense(2)]\npartial class N;\n",
            "using LstmDsl;\npartial class M;\npartial class N;\n",
        ],
        await Mending.ApplyToAllAsync(
            new MoveTogetherFix(), "LSTM007",
            "using LstmDsl;\n[Input(1, 1)]\npartial class M;\n[Input(1, 1)]\npartial class N;\n",
            "using LstmDsl;\n[Dense(1)]\npartial class M;\n[Dense(2)]\npartial class N;\n"));

    [Theory]
    [InlineData("Quantiles(0.1, 0.9)", "Quantiles(0.1, 0.5, 0.9)")]
    [InlineData("Quantiles(0.9, 0.5, 0.10)", "Quantiles(0.10, 0.5, 0.9)")]
    [InlineData("Quantiles(0, 0.5, .5, 1)", "Quantiles(0.5)")]
    [InlineData("Quantiles", "Quantiles(0.1, 0.5, 0.9)")]
    [InlineData("Quantiles([0.75, 0.25])", "Quantiles(0.25, 0.5, 0.75)")]
    [InlineData("Quantiles(new double[] { 0.75 })", "Quantiles(0.5, 0.75)")]
    public Task Levels_are_put_in_order_with_the_median(string wrong, string right) => AssertMended(
        "LSTM036", "Let the levels rise, with the median",
        $"using LstmDsl;\n\n[Forecast(48, 24), Target(\"x\"), {wrong}] // bands\n[Lstm(8)]\ninternal sealed partial class M;\n",
        $"using LstmDsl;\n\n[Forecast(48, 24), Target(\"x\"), {right}] // bands\n[Lstm(8)]\ninternal sealed partial class M;\n");

    [Theory]
    [InlineData("[Lstm(8)] [Dense(4)] internal", "[Lstm(8)] [Future] [Dense(4)] internal")]
    [InlineData("[LstmDsl.Lstm(8)] internal", "[LstmDsl.Lstm(8)] [LstmDsl.Future] internal")]
    [InlineData("[Lstm(8)]\n[Bias(Init.Ones)]\n[Dense(4)]\ninternal", "[Lstm(8)]\n[Bias(Init.Ones)]\n[Future]\n[Dense(4)]\ninternal")]
    [InlineData(
        "[Lstm(8)]\n[RepeatVector(24)]\n[Lstm(4, ReturnSequences = true)]\ninternal",
        "[Lstm(8)]\n[RepeatVector(24)]\n[Future]\n[Lstm(4, ReturnSequences = true)]\ninternal")]
    public Task What_is_known_joins_behind_the_layers_that_read_the_window(string wrong, string right) => AssertMended(
        "LSTM038", "Join what is known with [Future]",
        $"using LstmDsl;\n\n[Forecast(48, 24), Target(\"x\"), Known(\"y\")]\n{wrong} sealed partial class M;\n",
        $"using LstmDsl;\n\n[Forecast(48, 24), Target(\"x\"), Known(\"y\")]\n{right} sealed partial class M;\n");

    [Theory]
    [InlineData("[Flatten]\n[Dense(4)]")]
    [InlineData("[Lstm(8), Dense(4)]")]
    public async Task Where_it_is_open_where_they_end_nothing_is_offered(string layers)
    {
        var (title, _) = await Mending.ApplyAsync(
            new AddFutureFix(), "LSTM038", $"using LstmDsl;\n[Forecast(48, 24), Target(\"x\"), Known(\"y\")]\n{layers}\npartial class M;\n");
        Assert.Null(title);
    }

    [Fact]
    public Task A_future_without_anything_known_is_removed() => AssertMended(
        "LSTM037", "Remove [Future]",
        "using LstmDsl;\n\n[Forecast(48, 24)] [Target(\"x\")]\n[Lstm(8)] [Future]\ninternal sealed partial class M;\n",
        "using LstmDsl;\n\n[Forecast(48, 24)] [Target(\"x\")]\n[Lstm(8)] internal sealed partial class M;\n");

    [Fact]
    public Task A_forecast_is_moved_before_the_layers() => AssertMended(
        "LSTM005", "Move [Forecast] before the layers",
        "using LstmDsl;\n\n[Lstm(8)]\n[Forecast(48, 24)]\n[Target(\"x\")]\ninternal sealed partial class M;\n",
        "using LstmDsl;\n\n[Forecast(48, 24)]\n[Lstm(8)]\n[Target(\"x\")]\ninternal sealed partial class M;\n");

    [Fact]
    public Task A_refinement_is_not_moved_behind_a_column_or_a_wrapper() => AssertMended(
        "LSTM008", "Move [Kernel] behind the layer that follows it",
        "using LstmDsl;\n\n[Forecast(48, 24)]\n[Kernel(Init.Zeros)]\n[Target(\"x\")]\n[Bidirectional]\n[Lstm(8)]\ninternal sealed partial class M;\n",
        "using LstmDsl;\n\n[Forecast(48, 24)]\n[Target(\"x\")]\n[Bidirectional]\n[Lstm(8)]\n[Kernel(Init.Zeros)]\ninternal sealed partial class M;\n");

    [Fact]
    public void Every_fix_is_for_a_diagnostic_that_there_is()
    {
        var ids = Fixes.SelectMany(fix => fix.FixableDiagnosticIds).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.True(id == "CS0260" || Descriptors.ById.ContainsKey(id), id));
        Assert.Equal(
            typeof(MakePartialFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract).ToHashSet(),
            Fixes.Select(fix => fix.GetType()).ToHashSet());
    }

    private static CodeFixProvider FixOf(string id) => Assert.Single(Fixes, fix => fix.FixableDiagnosticIds.Contains(id));

    private static Task AssertMended(string id, string title, string wrong, string right, string? mentions = null) =>
        AssertMended(id, title, [wrong], [right], mentions);

    private static async Task AssertMended(string id, string title, string[] wrong, string[] right, string? mentions = null)
    {
        var (offered, mended) = await Mending.ApplyAsync(FixOf(id), id, wrong);
        Assert.Equal(title, offered);
        Assert.Equal(right, mended);

        var compilation = Compiler.Compile(mended);
        Assert.Empty(await Compiler.AnalyzeAsync(compilation));
        Assert.Empty(Compiler.Complaints(compilation).Where(complaint => complaint.Id != mentions));
    }
}
