using System.Xml.Linq;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Tests;

/// <summary>What is wrong with a state, its name, or the callback that wants it back is refused, and nothing is lost.</summary>
public sealed class CallbackStateTests : IDisposable
{
    private static readonly (Samples X, Samples Y) Data = RandomSamples.For(SmallStack.Shape, samples: 20);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string> Expected => new()
    {
        { "csv_logger", "length" },
        { "backup_and_restore", "batches" },
        { "model_checkpoint", "batches" },
        { "early_stopping.loss", "wait" },
        { "reduce_lr_on_plateau.loss", "wait" },
        { "terminate_on_nan", "rolled_back" },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void A_number_that_the_file_lacks_is_named_with_file_and_callback(string callback, string number)
    {
        var path = Saved(callback, new() { Numbers = new Dictionary<string, double> { ["other"] = 1 } });
        var trainer = Trainer(Own(callback));
        trainer.Resume(path);
        var problem = Assert.Throws<InvalidDataException>(() => trainer.Fit(Data.X, Data.Y, epochs: 2, verbose: 0));
        Assert.StartsWith(
            $"'{path}': the state of the callback '{callback}' lacks the number '{number}'; it has 'other'. ",
            problem.Message,
            StringComparison.Ordinal);

        // Nothing is lost: with the callback that wrote the file it still goes on.
        var writer = new Remembering(callback);
        trainer.Callbacks[0] = writer;
        Assert.Equal([0, 1], trainer.Fit(Data.X, Data.Y, epochs: 2, verbose: 0).Epochs);
        Assert.Equal(1, writer.Restored!.Number("other"));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1)]
    [InlineData(3e9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_count_that_is_none_is_refused(double value)
    {
        var path = Saved("early_stopping.loss", new() { Numbers = new Dictionary<string, double> { ["wait"] = value } });
        var trainer = Trainer(Own("early_stopping.loss"));
        trainer.Resume(path);
        var problem = Assert.Throws<InvalidDataException>(() => trainer.Fit(Data.X, Data.Y, epochs: 2, verbose: 0));
        Assert.Equal(
            $"'{path}': the state of the callback 'early_stopping.loss': the number 'wait' must be whole, from 0 to 2147483647; "
            + FormattableString.Invariant($"found {value}."),
            problem.Message);
    }

    [Fact]
    public void A_users_own_look_into_the_state_is_refused_alike()
    {
        var path = Saved("mine", new() { Texts = new Dictionary<string, string> { ["there"] = "" } });
        Assert.Equal(
            $"'{path}': the state of the callback 'mine' lacks the text 'gone'; it has 'there'. "
            + "The file is damaged, or another callback of that name wrote it: give the run the callbacks that it was begun with.",
            Refusal(state => state.Text("gone")));
        Assert.StartsWith(
            $"'{path}': the state of the callback 'mine' lacks the number 'gone'; it has no numbers. ",
            Refusal(state => state.Number("gone")),
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"'{path}': the state of the callback 'mine' lacks something that Asking looks for: ",
            Refusal(state => _ = state.Numbers["gone"]),
            StringComparison.Ordinal);
        Assert.Contains(
            "it has '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' and 90 more. ",
            Assert.Throws<InvalidDataException>(() => new CallbackState
            {
                Numbers = Enumerable.Range(0, 100).ToDictionary(number => $"{number}", number => (double)number),
            }.Number("gone")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The state of a callback lacks the text 'gone'",
            Assert.Throws<InvalidDataException>(() => new CallbackState().Text("gone")).Message,
            StringComparison.Ordinal);

        string Refusal(Action<CallbackState> ask)
        {
            var trainer = Trainer(new Asking(ask));
            trainer.Resume(path);
            return Assert.Throws<InvalidDataException>(() => trainer.Fit(Data.X, Data.Y, epochs: 2, verbose: 0)).Message;
        }
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" ", "is empty")]
    [InlineData("a/b", "is 'a/b'")]
    [InlineData("a\nb", "is 'a\nb'")]
    public void A_name_that_no_file_can_hold_is_refused_before_the_first_batch(string name, string fault)
    {
        var trainer = Trainer(new LambdaCallback(), new Remembering(name));
        var problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Data.X, Data.Y, verbose: 0));
        Assert.StartsWith($"The StateName of Remembering {fault}; expected a name ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Iteration);
        Assert.Throws<InvalidOperationException>(() => trainer.Save(folder.File("no.keras")));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_state_that_would_not_come_back_as_it_is_is_refused_and_the_file_stays()
    {
        var half = "\ud83d";
        Refused("it is null", _ => null);
        Refused("it has 3 weights, the model ", _ => new() { Weights = new float[3] });
        Refused("the text 'a' is null", _ => new() { Texts = new Dictionary<string, string> { ["a"] = null! } });
        Refused("the text 'a' holds half a surrogate pair", _ => new() { Texts = new Dictionary<string, string> { ["a"] = half } });
        Refused("the name '\ud83d' holds half", _ => new() { Texts = new Dictionary<string, string> { [half] = "a" } });
        Refused("the name '\ud83d' holds half", _ => new() { Numbers = new Dictionary<string, double> { [half] = 1 } });
        Assert.Throws<ArgumentNullException>(() => new CallbackState { Numbers = null! });
        Assert.Throws<ArgumentNullException>(() => new CallbackState { Texts = null! });

        void Refused(string fault, Func<TrainingContext, CallbackState?> state)
        {
            var path = folder.File("kept.safetensors");
            File.WriteAllText(path, "what was there before");
            var trainer = Trainer(new Remembering("mine", state), new ModelCheckpoint(path));
            var problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Data.X, Data.Y, verbose: 0));
            Assert.StartsWith(
                $"Remembering gave a state ('mine') that no checkpoint can keep: {fault}", problem.Message, StringComparison.Ordinal);
            Assert.Equal("what was there before", File.ReadAllText(path));
        }
    }

    [Fact]
    public void The_example_of_the_documentation_compiles()
    {
        var library = typeof(IResumable).Assembly.Location;
        var example = XDocument.Load(Path.ChangeExtension(library, ".xml")).Descendants("member")
            .Single(member => (string?)member.Attribute("name") == "T:LstmDsl.IResumable").Descendants("code").Single().Value;
        var source = CSharpSyntaxTree.ParseText($"using System;\nusing System.Collections.Generic;\nusing LstmDsl;\n{example}");
        var compilation = CSharpCompilation.Create(
            "Example",
            [source],
            [.. Net100.References.All, MetadataReference.CreateFromFile(library)],
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Contains("AveragedWeights", example, StringComparison.Ordinal);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    private static Callback Own(string name) => name switch
    {
        "csv_logger" => new CsvLogger(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())),
        "backup_and_restore" => new BackupAndRestore(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".keras")),
        "model_checkpoint" => new ModelCheckpoint(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".keras")),
        "early_stopping.loss" => new EarlyStopping(Monitored.Loss),
        "reduce_lr_on_plateau.loss" => new ReduceLROnPlateau(Monitored.Loss),
        _ => new TerminateOnNaN(),
    };

    private static SmallStack.Trainer Trainer(params Callback[] callbacks)
    {
        var trainer = new SmallStack.Trainer(new SmallStack(seed: 1)) { Loss = Loss.MeanSquaredError };
        foreach (var callback in callbacks)
            trainer.Callbacks.Add(callback);
        return trainer;
    }

    /// <summary>A checkpoint after one epoch with a callback of that name.</summary>
    private string Saved(string name, CallbackState state)
    {
        var path = folder.File("saved.safetensors");
        var trainer = Trainer(new Remembering(name, _ => state));
        trainer.Fit(Data.X, Data.Y, verbose: 0);
        trainer.Save(path);
        return path;
    }

    private sealed class Asking(Action<CallbackState> ask) : Callback, IResumable
    {
        public string StateName => "mine";

        public CallbackState SaveState() => new();

        public void RestoreState(CallbackState state) => ask(state);
    }
}
