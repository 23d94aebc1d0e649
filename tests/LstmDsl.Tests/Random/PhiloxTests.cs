namespace LstmDsl.Tests;

public sealed class PhiloxTests
{
    /// <summary>The three rows "philox4x32 10" of Random123's kat_vectors: counter, key, result.</summary>
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Known_answers_come_out(
        uint counter0, uint counter1, uint counter2, uint counter3, uint key0, uint key1, uint result0, uint result1, uint result2, uint result3) =>
        Assert.Equal(
            new PhiloxWords(result0, result1, result2, result3),
            Philox.Draw(key0, key1, new(counter0, counter1, counter2, counter3)));

    [Fact]
    public void The_key_is_seed_and_purpose() =>
        Assert.Equal(
            Philox.Draw(0xFFFF_FFFEu, 3, new(5, 6, 7, 8)),
            Philox.Draw(-2, RandomPurpose.Dropout, 5, 6, 7, 8));

    [Fact]
    public void Every_part_of_key_and_counter_matters()
    {
        PhiloxWords[] draws =
        [
            Philox.Draw(1, RandomPurpose.Weights, 0),
            Philox.Draw(2, RandomPurpose.Weights, 0),
            Philox.Draw(1, RandomPurpose.Shuffle, 0),
            Philox.Draw(1, RandomPurpose.Weights, 1),
            Philox.Draw(1, RandomPurpose.Weights, 0, 1),
            Philox.Draw(1, RandomPurpose.Weights, 0, 0, 1),
            Philox.Draw(1, RandomPurpose.Weights, 0, 0, 0, 1),
        ];
        Assert.Equal(draws.Length, draws.Distinct().Count());
    }
}
