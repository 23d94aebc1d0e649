extern alias Runtime;

using System.Reflection;
using Microsoft.CodeAnalysis;

namespace LstmDsl.Generators.Tests;

/// <summary>What the rules know of generated code and of the attributes is what is there.</summary>
public sealed class GeneratedMembersTests
{
    [Theory]
    [InlineData("[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] partial class Model;")]
    [InlineData("[LstmDsl.Input(20, 1), LstmDsl.Lstm(20, ReturnSequences = true), LstmDsl.Dense(1)] partial class Model;")]
    [InlineData("[LstmDsl.Input(20, 1, BatchSize = 8), LstmDsl.Lstm(20, Stateful = true), LstmDsl.Dense(1)] partial class Model;")]
    [InlineData("[LstmDsl.Input(0, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] partial class Model;")]
    [InlineData("[LstmDsl.Forecast(8, 1), LstmDsl.Target(\"x\"), LstmDsl.Past(\"y\", Categories = [\"a\"]), LstmDsl.Known(\"z\"), LstmDsl.Lstm(20), LstmDsl.Future] partial class Model;")]
    [InlineData("[LstmDsl.Forecast(8, 1), LstmDsl.Target(\"x\"), LstmDsl.Past(\"y\", Categories = [\"a\"]), LstmDsl.Known(\"z\"), LstmDsl.Lstm(0), LstmDsl.Future] partial class Model;")]
    public void Every_generated_member_clashes_with_one_like_it(string source)
    {
        var forecasts = source.Contains("Forecast(", StringComparison.Ordinal);
        var generated = Compiler.Generate(Compiler.Compile(source)).GetTypeByMetadataName("Model")!;
        var names = generated.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName && !IsOfALayer(member.Name))
            .Select(member => member.Name).Distinct().ToArray();
        Assert.NotEmpty(names);
        foreach (var name in names)
            Assert.True(GeneratedMembers.ClashWith(new OwnMember(OwnMemberKind.Named, name, "", null), forecasts), name);

        // Read as if the user had written them.
        var written = Compiler.Compile([.. generated.DeclaringSyntaxReferences.Select(part => part.SyntaxTree.ToString())]);
        var methods = OwnMemberReader.Read(written.GetTypeByMetadataName("Model")!, CancellationToken.None)
            .Select(own => own.Member).Where(member => member.Kind == OwnMemberKind.Method && !IsOfALayer(member.Name)).ToArray();
        Assert.NotEmpty(methods);
        foreach (var method in methods)
            Assert.True(GeneratedMembers.ClashWith(method, forecasts), method.Key);
    }

    [Fact]
    public void Attributes_may_stand_wherever_a_diagnostic_explains_why_they_should_not()
    {
        var attributes = typeof(Runtime::LstmDsl.InputAttribute).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Attribute)) && type is { IsPublic: true, IsAbstract: false, Namespace: "LstmDsl" }).ToArray();
        Assert.True(attributes.Length >= 6);
        foreach (var attribute in attributes)
        {
            var usage = attribute.GetCustomAttribute<AttributeUsageAttribute>()!;
            Assert.Equal(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, usage.ValidOn);
            Assert.True(usage.AllowMultiple, attribute.Name);
            Assert.False(usage.Inherited, attribute.Name);
        }
    }

    private static bool IsOfALayer(string name) =>
        name.StartsWith("Lstm", StringComparison.Ordinal) || name.StartsWith("Dense", StringComparison.Ordinal)
        || name.StartsWith("ForecastHead", StringComparison.Ordinal) || name.StartsWith("ForecastSteps", StringComparison.Ordinal)
        || name.StartsWith("History", StringComparison.Ordinal) || name.StartsWith("Future", StringComparison.Ordinal)
        || name.StartsWith("Concatenate", StringComparison.Ordinal);
}
