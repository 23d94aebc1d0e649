using System.Reflection;
using Xunit.Sdk;

namespace LstmDsl.Tests;

/// <summary>
/// Runs a theory on one device: its first argument is the device's name. A theory with a second argument runs once for each name that the
/// class's <c>Cases</c> gives. Where the device is absent, the theory is skipped and says what was looked for.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal abstract class OnDeviceAttribute : DataAttribute
{
    private readonly string name;
    private readonly bool isLong;

    /// <summary>On the device of that name.</summary>
    /// <param name="name">The device.</param>
    /// <param name="isLong">Whether it takes so long there that it is left to the long lane.</param>
    protected OnDeviceAttribute(string name, bool isLong = false)
    {
        this.name = name;
        this.isLong = isLong;
        Skip = TestDevices.WhyAbsent(name) ?? (isLong ? LongLane.WhyNot : null);
    }

    /// <summary>The device, as the suite calls it.</summary>
    public string DeviceName => name;

    /// <summary>Whether it is left to the long lane.</summary>
    public bool IsLong => isLong;

    /// <summary>The property that gives the cases; <c>Cases</c> where the class does not have it.</summary>
    protected virtual string CasesName => "Cases";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        // Once, whatever the cases. The runner prints arguments, the first 50 characters of each, but not why a test is skipped.
        if (Skip is not null)
            return [[.. testMethod.GetParameters().Select((_, place) => place == 0 ? WhySkipped() : "any")]];
        return Arguments(testMethod, name);
    }

    /// <summary>The arguments of each run of a theory on a device, whose name need not be this attribute's.</summary>
    public IReadOnlyList<object[]> Arguments(MethodInfo test, string device)
    {
        if (test.GetParameters().Length == 1)
            return [[device]];
        var property = test.DeclaringType!.GetProperty(CasesName) ?? test.DeclaringType!.GetProperty("Cases");
        var cases = (IEnumerable<string>)property!.GetValue(null)!;
        return [.. cases.Select(which => new object[] { device, which })];
    }

    private string WhySkipped() =>
        TestDevices.WhyAbsent(name) is null ? $"{name}: left to .ci/run-long" : TestDevices.WhyAbsentInShort(name);
}

/// <summary>On the native CPU kernels: what the suite says of them it says of the others.</summary>
internal sealed class OnNativeCpuAttribute() : OnDeviceAttribute("cpu");

/// <summary>On ILGPU's CPU accelerator, as it is used: a thread a group.</summary>
internal sealed class OnIlgpuCpuAttribute() : OnDeviceAttribute("ilgpu-cpu");

/// <summary>On the same, what takes long there.</summary>
internal sealed class OnIlgpuCpuAtLengthAttribute() : OnDeviceAttribute("ilgpu-cpu", isLong: true);

/// <summary>On ILGPU's CPU accelerator with groups of several threads that meet at barriers, and a launch a timestep: what a GPU runs.</summary>
internal sealed class OnIlgpuCpuInGroupsAttribute() : OnDeviceAttribute(TestDevices.IlgpuCpuInGroups)
{
    /// <inheritdoc/>
    protected override string CasesName => "SmallCases";
}

/// <summary>On the same, the cases that take long there.</summary>
internal sealed class OnIlgpuCpuInGroupsAtLengthAttribute() : OnDeviceAttribute(TestDevices.IlgpuCpuInGroups, isLong: true)
{
    /// <inheritdoc/>
    protected override string CasesName => "LargeCases";
}

/// <summary>On a CUDA device.</summary>
internal sealed class OnCudaAttribute() : OnDeviceAttribute("cuda:0");

/// <summary>On an OpenCL device.</summary>
internal sealed class OnOpenClAttribute() : OnDeviceAttribute("opencl:0");
