using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ILGPU;

namespace LstmDsl.Tests;

/// <summary>Drivers are found by the names of their packages too. That the second name works is what every test on OpenCL shows.</summary>
public sealed class DriverLibraryTests
{
    [Theory]
    [InlineData("OpenCL", "libOpenCL.so.1")]
    [InlineData("cuda", "libcuda.so.1")]
    [InlineData("nvcuda", null)]
    public void A_driver_has_the_name_of_its_package_too(string library, string? name) =>
        Assert.Equal(name, DriverLibraries.VersionedName(library));

    /// <summary>On Linux and on Windows.</summary>
    [Fact]
    public void ILGPU_asks_for_these_libraries()
    {
        using var file = File.OpenRead(typeof(Context).Assembly.Location);
        using var assembly = new PEReader(file);
        var metadata = assembly.GetMetadataReader();
        var libraries = metadata.MethodDefinitions
            .Select(method => metadata.GetMethodDefinition(method).GetImport().Module)
            .Where(module => !module.IsNil)
            .Select(module => metadata.GetString(metadata.GetModuleReference(module).Name))
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(["OpenCL", "cuda", "nvcuda", "opencl"], libraries);
    }
}
