namespace LstmDsl.Tests;

public class FileNameTemplateTests
{
    private static readonly Dictionary<string, double> Logs =
        new() { ["loss"] = 0.125, ["val_loss"] = 12345.678, ["worse"] = -1.5e-7, ["nothing"] = double.NaN };

    // What Python's str.format makes of the same.
    [Theory]
    [InlineData("{epoch}", "7")]
    [InlineData("m-{epoch:02d}-{batch:04d}.st", "m-07-0031.st")]
    [InlineData("{epoch:03}", "007")]
    [InlineData("{epoch:4d}", "   7")]
    [InlineData("{epoch:.1f}", "7.0")]
    [InlineData("{loss}", "0.125")]
    [InlineData("{loss:.2f}", "0.12")]
    [InlineData("{loss:08.3f}", "0000.125")]
    [InlineData("{val_loss:.3e}", "1.235e+04")]
    [InlineData("{val_loss:.4g}", "1.235e+04")]
    [InlineData("{val_loss:g}", "12345.7")]
    [InlineData("{val_loss:.0f}", "12346")]
    [InlineData("{worse:.2e}", "-1.50e-07")]
    [InlineData("{worse:010.2f}", "-000000.00")]
    [InlineData("{worse}", "-1.5e-07")]
    [InlineData("{nothing:.2f}", "nan")]
    [InlineData("{{{epoch}}}", "{7}")]
    public void Formats_as_Python_does(string template, string expected) =>
        Assert.Equal(expected, new FileNameTemplate(template).Format(7, 31, Logs));

    [Theory]
    [InlineData("{epoch")]
    [InlineData("epoch}")]
    [InlineData("{}")]
    [InlineData("{:d}")]
    [InlineData("{loss:d}")]
    [InlineData("{epoch:x}")]
    [InlineData("{loss:.3}")]
    [InlineData("{loss:.200f}")]
    [InlineData("{loss!r}{loss:,}")]
    public void What_cannot_be_read_is_refused(string template)
    {
        var problem = Assert.Throws<ArgumentException>(() => new ModelCheckpoint(template));
        Assert.Contains(template, problem.Message, StringComparison.Ordinal);
    }
}
