using System.Reflection;
using Xunit.Sdk;

namespace LstmDsl.Tests;

/// <summary>
/// Runs a theory of one argument once for each name that a property of its class gives. Where ONNX Runtime is absent, the theory is skipped
/// and says what was looked for: the runner prints arguments, but not why a test is skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InOnnxRuntimeAttribute : DataAttribute
{
    private readonly string cases;

    /// <summary>Takes the name of a static property, a sequence of texts.</summary>
    public InOnnxRuntimeAttribute(string cases)
    {
        this.cases = cases;
        Skip = OnnxRuntime.WhyAbsent;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        if (Skip is not null)
            return [[Skip]];
        var names = (IEnumerable<string>)testMethod.DeclaringType!.GetProperty(cases)!.GetValue(null)!;
        return [.. names.Select(name => new object[] { name })];
    }
}
