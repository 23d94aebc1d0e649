namespace LstmDsl.Tests;

public class CpuVectorWidthTests
{
    [Theory]
    [InlineData("128", 128)]
    [InlineData(" 256 ", 256)]
    [InlineData("512", 512)]
    public void The_environment_variable_names_a_width(string value, int bits) => Assert.Equal(bits, CpuVectorWidth.Choose(value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_it_the_processor_decides(string? value) => Assert.Equal(CpuVectorWidth.Widest, CpuVectorWidth.Choose(value));

    [Theory]
    [InlineData("64")]
    [InlineData("wide")]
    public void Anything_else_is_refused_with_what_is_supported(string value)
    {
        var exception = Assert.Throws<FormatException>(() => CpuVectorWidth.Choose(value));
        Assert.Contains("LSTMDSL_VECTOR_WIDTH", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{value}\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("128, 256 or 512", exception.Message, StringComparison.Ordinal);
    }
}
