using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators.Tests;

/// <summary>Generated code compiles without a word from the compiler, wherever the model stands and whatever surrounds it.</summary>
public sealed class CompilationTests
{
    private const string Layers = "[LstmDsl.Input(20, 1), LstmDsl.Lstm(20, LstmDsl.Init.Zeros), LstmDsl.Dense(1)]";

    private static readonly Dictionary<string, string> Sources = new()
    {
        ["global namespace"] = $"/// <summary>A model.</summary>\n{Layers} public sealed partial class Model;",
        ["file-scoped namespace"] = $"namespace Weather.Models;\n{Layers} internal sealed partial class Model;",
        ["block namespace"] = $"namespace Weather {{ namespace Models {{ {Layers} internal sealed partial class Model; }} }}",
        ["not sealed"] = $"{Layers} internal partial class Model;",
        ["nested and private"] = $$"""
            namespace Weather;
            internal static partial class Outer { internal partial record struct Middle { {{Layers}} private sealed partial class Model; } }
            """,
        ["nested in an interface"] = $"internal partial interface IOuter {{ {Layers} internal sealed partial class Model; }}",
        ["namespace within ours"] = $"namespace LstmDsl.Foo;\n{Layers} internal sealed partial class Model;",
        ["names that shadow namespaces"] = $$"""
            namespace Weather;
            internal sealed class System; internal sealed class LstmDsl; internal sealed class Trainer; internal sealed class TimeSeries;
            [global::LstmDsl.Input(20, 1), global::LstmDsl.Lstm(20), global::LstmDsl.Dense(1)] internal sealed partial class Model;
            """,
        ["names that are keywords"] = $"namespace @namespace.@event;\n{Layers} internal sealed partial class @class;",
        ["names beyond ASCII"] = $"namespace Übung;\n{Layers} internal sealed partial class Prognose_für_Köln;",
        ["members of its own"] = $$"""
            {{Layers}} internal sealed partial class Model
            {
                internal static readonly Model Default = new(3);
                internal string Description => Summary + GetSummary(100) + Timesteps + Features + Outputs + ParameterCount + Shape;
            }
            """,
        ["layer names of its own"] = """
            [LstmDsl.Input(4, 2), LstmDsl.Lstm(3, ReturnSequences = true, Name = "samples"), LstmDsl.Lstm(3, Name = "backend"), LstmDsl.Dense(2, Name = "System")]
            internal sealed partial class Model;
            """,
        ["a sequence"] = "[LstmDsl.Input(20, 1), LstmDsl.Lstm(40, ReturnSequences = true), LstmDsl.Dense(1)] internal sealed partial class Model;",
        ["several outputs"] = "[LstmDsl.Input(20, 3), LstmDsl.Lstm(4), LstmDsl.Dense(2)] internal sealed partial class Model;",
        ["feeding back several"] = "[LstmDsl.Input(20, 3), LstmDsl.Lstm(4), LstmDsl.Dense(3)] internal sealed partial class Model;",
        ["a dense layer alone"] = "[LstmDsl.Input(20, 3), LstmDsl.Dense(2)] internal sealed partial class Model;",
        ["an LSTM layer alone"] = "[LstmDsl.Input(20, 1), LstmDsl.Lstm(1)] internal sealed partial class Model;",
        ["one of everything"] = "[LstmDsl.Input(1, 1), LstmDsl.Lstm(1, UseBias = false), LstmDsl.Dense(1, UseBias = false)] internal sealed partial class Model;",
        ["refined weights"] = """
            using LstmDsl;
            [Input(8, 3)]
            [Lstm(12, ReturnSequences = true, Activation = Activation.Relu)]
            [Kernel(Init.Constant, Value = 1e-7)]
            [RecurrentKernel(Init.GlorotUniform)]
            [Bias(Init.Constant, Value = -0.5)]
            [Dense(2)]
            [Bias(Init.Ones)]
            internal sealed partial class Model;
            """,
        ["every initializer and its arguments"] = """
            using LstmDsl;
            [Input(8, 3)]
            [Lstm(12, Init.GlorotNormal, ReturnSequences = true)]
            [RecurrentKernel(Init.Orthogonal, Gain = -1.5)]
            [Bias(Init.RandomNormal, Mean = -0.5, StdDev = 1e-7)]
            [Lstm(12, Init.HeUniform, ReturnSequences = true)]
            [RecurrentKernel(Init.HeNormal)]
            [Bias(Init.TruncatedNormal, StdDev = 2)]
            [Dense(12)] [Kernel(Init.Identity, Gain = 3)] [Bias(Init.RandomUniform, MinValue = -1e-20, MaxValue = 1e30)]
            [Dense(6)] [Kernel(Init.LecunUniform)] [Bias(Init.LecunNormal)]
            [Dense(6)] [Kernel(Init.VarianceScaling, Scale = 0.1, Mode = FanMode.FanOut, Distribution = WeightDistribution.UntruncatedNormal)]
            internal sealed partial class Model;
            """,
        ["regularisers"] = """
            using LstmDsl;
            [Input(8, 3)]
            [Lstm(12, ReturnSequences = true, ActivityL1 = 1e-7, Name = "samples")]
            [Kernel(L1 = 1e-7)] [RecurrentKernel(L2 = 3)] [Bias(L1 = 0.1, L2 = 1e-3)]
            [Lstm(5, ActivityL2 = 1)]
            [Dense(3, ActivityL1 = 0.5, ActivityL2 = 2)]
            [Kernel(Init.Ones, L2 = 0.1)]
            internal sealed partial class Model;
            """,
    };

    public static TheoryData<string> Places => [.. Sources.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public void Compiles_without_warnings(string place) => Assert.Empty(Compiler.Complaints(Compiler.Compile(Sources[place])));

    /// <summary>
    /// Every word that is a keyword in some places only; <c>dynamic</c> and those behind it are ones that the compiler's own list lacks, the
    /// last stand for what a later language may add.
    /// </summary>
    private static readonly string[] ContextualKeywords =
    [
        .. SyntaxFacts.GetContextualKeywordKinds().Select(SyntaxFacts.GetText).Where(SyntaxFacts.IsValidIdentifier),
        "dynamic", "nint", "nuint", "notnull", "value", "union", "weather",
    ];

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public void Names_that_are_keywords_in_some_places_compile(LanguageVersion version)
    {
        string[] words = [.. ContextualKeywords.Distinct()];
        Assert.True(words.ToHashSet().IsSupersetOf(["file", "scoped", "required", "partial", "record", "where"]));
        Assert.Empty(Compiler.Complaints(Compiler.Compile(
            words.Select(word => $$"""
                {{Layers}} internal sealed partial class @{{word}};
                namespace A.@{{word}} { {{Layers}} internal sealed partial class Model; }
                namespace B { internal static partial class @{{word}} { {{Layers}} internal sealed partial class Model; } }
                namespace C.Of_{{word}}
                {
                    internal static partial class Outer { {{Layers}} private sealed partial class @{{word}} { internal static @{{word}} Default => new(3); } }
                    {{Layers.Replace("Dense(1)", $"Dense(1, Name = \"{word}\")", StringComparison.Ordinal)}} internal sealed partial class LayerName;
                    {{Layers}} internal sealed partial class MemberName { internal int @{{word}} => 1; }
                }
                """),
            version)));
    }

    [Fact]
    public void Compiles_with_checked_arithmetic() =>
        Assert.Empty(Compiler.Complaints(Compiler.Compile([Sources["regularisers"]], checkedArithmetic: true)));

    [Fact]
    public void Models_of_one_name_in_different_places_do_not_meet() => Assert.Empty(Compiler.Complaints(Compiler.Compile(
        $"{Layers} internal sealed partial class Model;",
        $"namespace A {{ {Layers} internal sealed partial class Model; }}",
        $"namespace B {{ internal partial class Outer {{ {Layers} internal sealed partial class Model; }} }}")));

    [Fact]
    public void Models_whose_names_differ_in_case_alone_do_not_meet() => Assert.Empty(Compiler.Complaints(Compiler.Compile(
        $"{Layers} internal sealed partial class Model;",
        $"{Layers} internal sealed partial class MODEL;",
        "namespace A { [LstmDsl.Lstm(1)] internal sealed partial class Model; }",
        "namespace a { [LstmDsl.Lstm(1), LstmDsl.Dense(1)] internal sealed partial class Model; [LstmDsl.Lstm(1)] internal sealed partial class Model; }")));

    [Fact]
    public void Every_form_of_use_binds_without_a_cast() => Assert.Empty(Compiler.Complaints(Compiler.Compile(
        $$"""
        using LstmDsl;

        {{Layers}} internal sealed partial class Model;

        internal static class Use
        {
            internal static void All(TimeSeries series, WindowedDataset data)
            {
                var model = new Model(seed: 42);
                float one = model.Predict(new float[20]);
                one += model.Predict([1f, 2f]);
                float[,] rows = model.Predict(new float[3, 20, 1]);
                rows = model.Predict(new float[3, 20]);
                model.Predict(new float[40], new float[2]);
                foreach (ForecastPoint point in model.Predict(data)) one += (float)point.Value;
                foreach (ForecastPoint point in model.Forecast(series, steps: 5)) one += (float)point.Value;
                model.Forecast(new float[20], new float[5]);
                RecurrentView lstm = model.Lstm;
                DenseView dense = model.Dense;
                _ = (one, rows, new Model.Trainer(model), new Trainer<Model>(Model.Create(1)), Model.Load("x.safetensors").Pipeline);
                Run<Model>();
                Forecast<Model>();
            }

            private static string Run<TModel>() where TModel : class, IRecurrentModel<TModel> =>
                TModel.Create(1).ToString() + TModel.Summary + TModel.ParameterCount + TModel.Shape;

            private static void Forecast<TModel>() where TModel : class, IForecastingModel<TModel> =>
                TModel.Create(1).Forecast(new float[20], new float[5]);
        }
        """)));

    [Theory]
    [InlineData("Loss = \"mse\"", "CS0619", "A loss is a value, not a name: Loss.MeanSquaredError for \"mse\"")]
    [InlineData("Optimizer = \"adam\"", "CS0619", "An optimizer is a value, not a name: new Adam() for \"adam\"")]
    [InlineData("Metrics = { \"mae\" }", "CS1063", "A metric is a value, not a name: Metric.MeanAbsoluteError for \"mae\"")]
    [InlineData("WeightedMetrics = { \"accuracy\" }", "CS1063", "for \"accuracy\" Metric.BinaryAccuracy(), Metric.CategoricalAccuracy or")]
    public void Keras_names_in_the_place_of_values_are_told_what_to_write(string written, string id, string expected)
    {
        var complaint = Assert.Single(Compiler.Complaints(Compiler.Compile(
            $$"""
            using LstmDsl;
            {{Layers}} internal sealed partial class Model;
            internal static class Use { internal static object Trainer => new Model.Trainer(new Model()) { {{written}} }; }
            """)));
        Assert.Equal(id, complaint.Id);
        Assert.Contains(expected, complaint.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_for_the_shapes_is_not_there()
    {
        var text = Compiler.GenerateText("[LstmDsl.Input(20, 1), LstmDsl.Lstm(4, ReturnSequences = true), LstmDsl.Dense(1)] partial class Model;");
        Assert.Contains("void Forecast(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("float Predict(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("IReadOnlyList<global::LstmDsl.ForecastPoint> Predict(", text, StringComparison.Ordinal);
        Assert.Contains(
            "IReadOnlyList<global::System.Collections.Generic.IReadOnlyList<global::LstmDsl.ForecastPoint>> Predict(", text, StringComparison.Ordinal);
        Assert.Contains("float[,,] Predict(", text, StringComparison.Ordinal);

        text = Compiler.GenerateText(
            "using LstmDsl; [Input(20, 1), Lstm(4, ReturnSequences = true, GoBackwards = true), Dense(1)] partial class Model;");
        Assert.DoesNotContain("Forecast(", text, StringComparison.Ordinal);
        Assert.Contains("IRecurrentModel<", text, StringComparison.Ordinal);
    }
}
