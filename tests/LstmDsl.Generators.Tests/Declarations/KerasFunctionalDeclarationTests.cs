using System.Text.RegularExpressions;

namespace LstmDsl.Generators.Tests;

/// <summary>
/// What is printed for a model of Keras's with several inputs or branches compiles as it stands, loads the file and predicts what Keras did.
/// </summary>
public sealed class KerasFunctionalDeclarationTests
{
    [Theory]
    [InlineData("three_inputs")]
    [InlineData("concatenate_timesteps")]
    [InlineData("read_by_three")]
    [InlineData("numbered_by_depth")]
    [InlineData("subtract_current_first")]
    [InlineData("reshape_permute")]
    [InlineData("masks_concatenate")]
    [InlineData("compiled_branches")]
    [InlineData("attention_scaled_keys")]
    [InlineData("attention_causal")]
    [InlineData("additive_attention_masked")]
    public async Task A_printed_declaration_predicts_what_Keras_does(string name)
    {
        var functional = new FunctionalCase(name);
        var declaration = PrintedDeclaration.Of(functional.Path);
        var model = await PrintedDeclaration.CompileAsync(declaration);
        var inputs = Regex.Matches(declaration, "^\\[Input\\(.*Name = \"(.*?)\"", RegexOptions.Multiline).Select(match => match.Groups[1].Value.ToLowerInvariant());
        var expected = functional.Prediction(0);
        var samples = functional.Samples([.. inputs]);
        Close.Relative(expected, [.. PrintedDeclaration.Predict(model, functional.Path, samples, expected.Length).Select(value => (double)value)], 2e-6, name);
    }

    [Theory]
    [InlineData(
        "two_inputs",
        """
        [Input(6, 3, Name = "history")]
        [Lstm(4, Name = "encoder")]
        [Input(4, 2, Name = "plan")]
        [Flatten]
        [Concatenate("encoder")]
        [Dense(5, Activation = Activation.Relu)]
        [Dense(2)]
        """)]
    [InlineData(
        "read_by_three",
        """
        [Input(6, 3)]
        [Dense(4, Activation = Activation.Tanh, Name = "shared")]
        [Lstm(4, ReturnSequences = true, Name = "a")]
        [From("shared")]
        [Gru(4, ReturnSequences = true)]
        [Multiply("shared")]
        [Add("a", "shared")]
        [Lstm(3)]
        [Dense(1)]
        """)]
    [InlineData(
        "frozen_encoder",
        """
        [Input(6, 3, Name = "history")]
        [Lstm(4, Trainable = false, Name = "encoder")]
        [Input(4, 2, Name = "plan")]
        [Flatten]
        [Dense(3, Trainable = false)]
        [Concatenate("encoder")]
        [Dense(2)]
        """)]
    [InlineData(
        "concatenate_timesteps",
        """
        [Input(5, 3, Name = "past")]
        [Input(2, 3, Name = "future")]
        [Concatenate("past", Axis = 1)]
        [Lstm(4)]
        [Dense(1)]
        """)]
    [InlineData(
        "numbered_by_depth",
        """
        [Input(5, 2, Name = "Short")]
        [Flatten]
        [Dense(4, Name = "late")]
        [Input(5, 2, Name = "Long")]
        [Dense(4)]
        [Dense(4)]
        [Flatten]
        [Dense(4)]
        [Add("late")]
        [Dense(1)]
        """)]
    public void What_stands_before_a_layer_is_not_named(string name, string attributes) => Assert.Equal(
        $"{attributes}\npublic sealed partial class Model;\n".ReplaceLineEndings("\n"), PrintedDeclaration.Of(new FunctionalCase(name).Path));
}
