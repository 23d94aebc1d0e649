using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

/// <summary>The CSV reader against RFC 4180, its limits and its messages.</summary>
public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b;1|2")]
    [InlineData("a,b\r\n1,2", "a|b;1|2")]
    [InlineData("a,b\r1,2\r", "a|b;1|2")]
    [InlineData("\n\r\na,b\n\n\n1,2\n\n", "a|b;1|2")]
    [InlineData("a,\n,b", "a|;|b")]
    [InlineData("\"a\",\"\"\n\"x,y\",\"he said \"\"no\"\"\"", "a|;x,y|he said \"no\"")]
    [InlineData("\"one\r\ntwo\",b\n\"\"\"\",\"\n\"", "one\r\ntwo|b;\"|\n")]
    [InlineData(" a , b ", " a | b ")]
    [InlineData("", "")]
    public void Reads_records_and_fields(string text, string expected) => Assert.Equal(expected, Join(Read(text)));

    [Fact]
    public void Fields_longer_than_the_buffer_and_across_its_border_are_whole()
    {
        string field = string.Concat(Enumerable.Range(0, 8_000).Select(i => i % 7 == 0 ? "\"" : "abc"));
        string text = string.Join('\n', Enumerable.Repeat(Quote(field) + ",x," + new string('y', 40_000), 5));
        Assert.All(Read(text), record => Assert.Equal([field, "x", new string('y', 40_000)], record));
    }

    [Fact]
    public void Whatever_is_written_is_read_back()
    {
        var field = Gen.ArrayOf(Gen.Elements('a', ' ', ',', '"', '\r', '\n', 'é', '\u2028')).Select(characters => new string(characters));
        var records = Gen.ArrayOf(Gen.NonEmptyListOf(field).Select(list => list.ToArray()));
        Prop.ForAll(records.ToArbitrary(), written =>
        {
            string text = string.Concat(written.Select(record => string.Join(',', record.Select(Quote)) + "\r\n"));
            Assert.Equal(written, Read(text));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20, 7));
    }

    [Fact]
    public void Lines_are_counted_through_quoted_breaks()
    {
        using var reader = Reader(Encoding.UTF8.GetBytes("a,b\n\n\"x\r\ny\rz\n\",\"q\"\nlast,one"));
        Assert.True(reader.ReadRecord() && reader.ReadRecord());
        Assert.Equal((3, 3, 6), (reader.RecordLine, reader.FieldLine(0), reader.FieldLine(1)));
        Assert.True(reader.ReadRecord());
        Assert.Equal(7, reader.RecordLine);
        Assert.False(reader.ReadRecord());
        Assert.False(reader.ReadRecord());
    }

    [Theory]
    [InlineData("a,b\n1,\"2\n3\n", "test, line 2: the quote that opens field 2 is never closed.")]
    [InlineData("a,b\n1,2\"3\n", "test, line 2: a quote stands inside field 2")]
    [InlineData("a,b\n\"1\"x,2\n", "test, line 2: text follows the closing quote of field 1")]
    public void Broken_quotes_are_named(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Endless_fields_records_and_columns_are_refused_without_holding_them()
    {
        string Message(string start, string repeated)
        {
            using var reader = new CsvReader(new Utf8Text(new EndlessStream(start, repeated), null, "test"), "test");
            return Assert.Throws<InvalidDataException>(() => reader.ReadRecord()).Message;
        }
        Assert.Contains("field 1 is longer than 65536 characters", Message("\"", "abc\n"), StringComparison.Ordinal);
        Assert.Contains("field 2 is longer than 65536 characters", Message("a,", "a"), StringComparison.Ordinal);
        Assert.Contains("more than 16384 fields", Message("", "1,"), StringComparison.Ordinal);
        Assert.Contains("the record is longer than 4194304 characters", Message("", new string('a', 4_000) + ","), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), new UnicodeEncoding(false, true) })
        {
            using var reader = Reader([.. encoding.GetPreamble(), .. encoding.GetBytes("größe,b\n")]);
            Assert.True(reader.ReadRecord());
            Assert.Equal("größe", reader.FieldText(0));
        }
    }

    [Fact]
    public void Text_that_is_not_utf8_is_named()
    {
        using var reader = Reader([.. "a,b\n1,"u8, 0xB0, .. ",3\n"u8]);
        Assert.True(reader.ReadRecord());
        string message = Assert.Throws<InvalidDataException>(() => reader.ReadRecord()).Message;
        Assert.Contains("test, line 2, column 2: the text is not UTF-8 (byte 0xB0)", message, StringComparison.Ordinal);
    }

    private static string[][] Read(string text)
    {
        using var reader = Reader(Encoding.UTF8.GetBytes(text));
        var records = new List<string[]>();
        while (reader.ReadRecord()) records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.FieldText)]);
        return [.. records];
    }

    private static CsvReader Reader(byte[] bytes) => new(new Utf8Text(new MemoryStream(bytes), null, "test"), "test");

    private static string Join(string[][] records) => string.Join(';', records.Select(record => string.Join('|', record)));

    private static string Quote(string field) => "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private sealed class EndlessStream(string start, string repeated) : MemoryStream
    {
        private long position;

        public override int Read(Span<byte> buffer)
        {
            for (int i = 0; i < buffer.Length; i++, position++)
            {
                buffer[i] = (byte)(position < start.Length ? start[(int)position] : repeated[(int)((position - start.Length) % repeated.Length)]);
            }
            return buffer.Length;
        }
    }
}
