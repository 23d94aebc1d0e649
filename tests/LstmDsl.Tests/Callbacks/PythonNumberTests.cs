namespace LstmDsl.Tests;

public class PythonNumberTests
{
    // Made with Python's f"{value:.nf}", f"{value:.ne}", f"{value:.ng}" and repr(value).
    [Theory]
    [InlineData(0.125, 2, "0.12", "1.25e-01", "0.12", "0.125")]
    [InlineData(0.375, 2, "0.38", "3.75e-01", "0.38", "0.375")]
    [InlineData(2.675, 2, "2.67", "2.67e+00", "2.7", "2.675")]
    [InlineData(0.5, 0, "0", "5e-01", "0.5", "0.5")]
    [InlineData(1.5, 0, "2", "2e+00", "2", "1.5")]
    [InlineData(2.5, 0, "2", "2e+00", "2", "2.5")]
    [InlineData(9.999, 2, "10.00", "1.00e+01", "10", "9.999")]
    [InlineData(0.0, 3, "0.000", "0.000e+00", "0", "0.0")]
    [InlineData(-0.0004, 3, "-0.000", "-4.000e-04", "-0.0004", "-0.0004")]
    [InlineData(123456789.0, 3, "123456789.000", "1.235e+08", "1.23e+08", "123456789.0")]
    [InlineData(1e16, 1, "10000000000000000.0", "1.0e+16", "1e+16", "1e+16")]
    [InlineData(1e22, 1, "10000000000000000000000.0", "1.0e+22", "1e+22", "1e+22")]
    [InlineData(5e-324, 2, "0.00", "4.94e-324", "4.9e-324", "5e-324")]
    [InlineData(1e-5, 4, "0.0000", "1.0000e-05", "1e-05", "1e-05")]
    [InlineData(0.1, 20, "0.10000000000000000555", "1.00000000000000005551e-01", "0.10000000000000000555", "0.1")]
    [InlineData(double.NegativeInfinity, 2, "-inf", "-inf", "-inf", "-inf")]
    public void Writes_what_Python_writes(double value, int precision, string f, string e, string g, string repr)
    {
        Assert.Equal(f, PythonNumber.Fixed(value, precision));
        Assert.Equal(e, PythonNumber.Scientific(value, precision));
        Assert.Equal(g, PythonNumber.General(value, precision));
        Assert.Equal(repr, PythonNumber.Shortest(value));
    }
}
