using System.Globalization;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>Numbers of a file against .NET's own parser, to the bit.</summary>
public sealed class NumberFormTests
{
    private static readonly NumberForm Usual = new(new CsvOptions());

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("+7")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("0.1")]
    [InlineData("123456789.123456789")]
    [InlineData("9999999999999999999")]
    [InlineData("0.000000000000000001")]
    [InlineData("00000000000000000.1")]
    public void A_plain_number_has_the_bits_of_the_nearest_double(string text)
    {
        Assert.True(Read(Usual, text, out var value));
        Assert.Equal(Bits(double.Parse(text, CultureInfo.InvariantCulture)), Bits(value));
    }

    [Fact]
    public void A_million_digits_drawn_at_random_have_the_bits_of_the_nearest_double()
    {
        var random = new Random(5);
        Span<char> text = stackalloc char[24];
        for (var draw = 0; draw < 60_000; draw++)
        {
            var length = 1 + random.Next(19);
            for (var i = 0; i < length; i++)
                text[i] = (char)('0' + random.Next(10));
            if (random.Next(4) > 0)
                text[random.Next(length)] = '.';
            if (random.Next(3) == 0)
                text[0] = '-';
            var written = text[..length].ToString();
            var isNumber = double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var expected);
            Assert.Equal(isNumber, Read(Usual, written, out var value));
            Assert.Equal(Bits(expected), Bits(value));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData("1,5")]
    [InlineData("0x1")]
    [InlineData("١")]
    public void What_is_no_number_is_none(string text) => Assert.False(Read(Usual, text, out _));

    [Theory]
    [InlineData("1,5", 1.5)]
    [InlineData("-1.234.567,25", -1_234_567.25)]
    [InlineData("1.234", 1_234.0)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("1,5e3", 1_500.0)]
    [InlineData(",5", 0.5)]
    public void Decimals_after_a_comma_and_thousands_by_points_are_read(string text, double value)
    {
        Assert.True(Read(new NumberForm(new CsvOptions { DecimalSeparator = ',', ThousandsSeparator = '.' }), text, out var found));
        Assert.Equal(value, found);
    }

    private static bool Read(NumberForm form, string text, out double value) =>
        form.TryPlain(Encoding.UTF8.GetBytes(text), out value) || form.TryParse(text, out value);

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
