using System.Reflection;

namespace LstmDsl.Generators.Tests;

/// <summary>Compiled models, loaded and used.</summary>
public sealed class ExecutionTests
{
    [Fact]
    public void The_summary_of_compile_time_and_of_run_time_are_one_text()
    {
        var model = Load("[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] public sealed partial class Model;");
        var summary = (string)model.GetProperty("Summary")!.GetValue(null)!;
        Assert.Equal(summary, model.GetMethod("GetSummary")!.Invoke(null, [80]));
        Assert.DoesNotContain('\r', summary);
        Assert.NotEqual(summary, model.GetMethod("GetSummary")!.Invoke(null, [100]));
    }

    [Fact]
    public void A_model_that_a_static_field_of_its_own_class_makes_finds_its_plan()
    {
        var model = Load(
            "[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] public sealed partial class Model { public static readonly Model Default = new(3); }");
        Assert.NotNull(model.GetField("Default")!.GetValue(null));
    }

    [Fact]
    public void A_wrong_declaration_says_what_is_wrong_should_it_be_run()
    {
        var model = Load("[LstmDsl.Input(20, 1), LstmDsl.Lstm(0), LstmDsl.Dense(1)] public sealed partial class Model;");
        var exception = Assert.Throws<TargetInvocationException>(() => model.GetMethod("Create")!.Invoke(null, [1])).InnerException;
        Assert.IsType<InvalidOperationException>(exception);
        Assert.Equal("LSTM003: 'units' of [Lstm] is 0; it must be at least 1", exception.Message);
    }

    private static Type Load(string source)
    {
        using var stream = new MemoryStream();
        Assert.True(Compiler.Generate(Compiler.Compile(source)).Emit(stream).Success);
        return Assembly.Load(stream.ToArray()).GetType("Model", throwOnError: true)!;
    }
}
