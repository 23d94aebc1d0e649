namespace LstmDsl.Generators.Tests;

/// <summary>What is printed for a file of Keras's own compiles as it stands, loads that file and predicts what Keras did.</summary>
public sealed class KerasPredictionTests
{
    // Keras's predictions are float32; sums in another order over some ten timesteps differ by a few units in the last place (6e-8).
    private const double Tolerance = 2e-6;

    [Theory]
    [InlineData("K01", "K01")]
    [InlineData("K02", "K02")]
    [InlineData("K03", "K03")]
    [InlineData("K04", "K04")]
    [InlineData("K05", "K05")]
    [InlineData("K06", "K06")]
    [InlineData("K07", "K07")]
    [InlineData("K07.built", "K07")]
    [InlineData("K09", "K09")]
    [InlineData("K10", "K10")]
    [InlineData("K11", "K11")]
    public async Task A_printed_declaration_predicts_what_Keras_does(string file, string numbers)
    {
        var path = KerasSample.Path($"compiled/{file}.keras");
        var (x, expected) = KerasSample.Numbers(numbers);
        var model = await PrintedDeclaration.CompileAsync(PrintedDeclaration.Of(path));
        AssertClose(expected, PrintedDeclaration.Predict(model, path, x, expected.Length));
    }

    /// <summary>Its optimizer's variables stand in the order of the model's weights, whatever groups these lie in.</summary>
    [Fact]
    public async Task A_Dense_on_each_timestep_is_a_Dense_also_in_a_compiled_model_and_in_weights_alone()
    {
        using var folder = new TemporaryFolder();
        var path = KerasSample.Path("compiled/K07.built.keras");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Equal(
            "[Input(5, 2)]\n[Gru(6)]\n[RepeatVector(4)]\n[Lstm(5, ReturnSequences = true)]\n[Dense(2)]\npublic sealed partial class Model;\n",
            declaration);
        var model = await PrintedDeclaration.CompileAsync(declaration);
        var (x, expected) = KerasSample.Numbers("K07");
        AssertClose(expected, PrintedDeclaration.Predict(model, path, x, expected.Length));

        var weights = folder.File("model.weights.h5");
        KerasSample.ExtractWeights("compiled/K07.built.keras", weights);
        AssertClose(expected, PrintedDeclaration.Predict(model, weights, x, expected.Length));
    }

    /// <summary>A float that Python wrote with a double's digits is one number with its short form, also where files are compared.</summary>
    [Fact]
    public async Task An_epsilon_that_was_a_float_is_declared_with_a_float_s_digits_and_loads()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.Copy("compiled/K05.keras", path, text => text
            .Replace("\"epsilon\":0.01,", "\"epsilon\":0.009999999776482582,", StringComparison.Ordinal)
            .Replace("\"epsilon\":0.001,", "\"epsilon\":0.0010000000474974513,", StringComparison.Ordinal));
        var declaration = PrintedDeclaration.Of(path);
        Assert.Contains("Epsilon = 0.01", declaration, StringComparison.Ordinal);
        Assert.DoesNotContain("00000", declaration, StringComparison.Ordinal);
        var (x, expected) = KerasSample.Numbers("K05");
        AssertClose(expected, PrintedDeclaration.Predict(await PrintedDeclaration.CompileAsync(declaration), path, x, expected.Length));
    }

    /// <summary>The slope of Keras's layer is 0.3 unless it is told, that of its function 0.2.</summary>
    [Fact]
    public async Task A_layer_that_is_an_activation_predicts_what_Keras_does_and_comes_back()
    {
        using var folder = new TemporaryFolder();
        var path = KerasSample.Path("compiled/K12.keras");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Equal(
            "[Input(6, 2)]\n[Lstm(4)]\n[Activation(Activation.LeakyRelu, NegativeSlope = 0.3)]\n[Dense(2)]\n[Activation(Activation.Softmax)]\n"
            + "public sealed partial class Model;\n",
            declaration);
        var model = await PrintedDeclaration.CompileAsync(declaration);
        var (x, expected) = KerasSample.Numbers("K12");
        AssertClose(expected, PrintedDeclaration.Predict(model, path, x, expected.Length));

        var saved = folder.File("saved.keras");
        PrintedDeclaration.Save(model, saved);
        Assert.Equal(declaration, PrintedDeclaration.Of(saved));
        Assert.Equal(expected.Length, PrintedDeclaration.Predict(model, saved, x, expected.Length).Length);
    }

    /// <summary>With the function's slope the layer is the function.</summary>
    [Fact]
    public async Task A_LeakyReLU_of_the_usual_slope_predicts_what_the_activation_does()
    {
        using var folder = new TemporaryFolder();
        var (layers, activations) = (folder.File("layers.keras"), folder.File("activations.keras"));
        KerasSample.Copy("compiled/K12.keras", layers, text => text.Replace("\"negative_slope\":0.3", "\"negative_slope\":0.2", StringComparison.Ordinal));
        KerasSample.Copy("compiled/K12.keras", activations, text => text
            .Replace("\"class_name\":\"LeakyReLU\"", "\"class_name\":\"Activation\"", StringComparison.Ordinal)
            .Replace("\"negative_slope\":0.3", "\"activation\":\"leaky_relu\"", StringComparison.Ordinal)
            .Replace("\"class_name\":\"Softmax\"", "\"class_name\":\"Activation\"", StringComparison.Ordinal)
            .Replace("\"axis\":-1", "\"activation\":\"softmax\"", StringComparison.Ordinal));
        var declaration = PrintedDeclaration.Of(layers);
        Assert.Equal(
            "[Input(6, 2)]\n[Lstm(4)]\n[Activation(Activation.LeakyRelu)]\n[Dense(2)]\n[Activation(Activation.Softmax)]\npublic sealed partial class Model;\n",
            declaration);
        var model = await PrintedDeclaration.CompileAsync(declaration);
        var (x, ofOtherSlope) = KerasSample.Numbers("K12");
        var predictions = PrintedDeclaration.Predict(model, layers, x, ofOtherSlope.Length);
        Assert.Equal(PrintedDeclaration.Predict(model, activations, x, ofOtherSlope.Length), predictions);
        Assert.All(predictions.Chunk(2), row => Assert.Equal(1, row.Sum(), 1e-6));
        Assert.NotEqual(ofOtherSlope[0], predictions[0], 1e-4);
    }

    /// <summary>Nothing may take a layer with a slope of 0.3 for the activation with 0.2.</summary>
    [Fact]
    public async Task A_LeakyReLU_of_another_slope_than_is_declared_is_refused()
    {
        var model = await PrintedDeclaration.CompileAsync(
            "[Input(6, 2)] [Lstm(4)] [Activation(Activation.LeakyRelu)] [Dense(2)] [Activation(Activation.Softmax)] public sealed partial class Model;");
        var fault = Assert.Throws<InvalidDataException>(
            () => PrintedDeclaration.Predict(model, KerasSample.Path("compiled/K12.keras"), new float[12], 2));
        Assert.Contains(
            "> Activation activation=leaky_relu negative_slope=0.3 | Activation activation=leaky_relu negative_slope=0.2\n",
            fault.Message,
            StringComparison.Ordinal);
    }

    /// <summary>What no declaration says, a model that is declared without it does not load.</summary>
    [Theory]
    [InlineData("a_lstm_fn", "[Input(3, 2)] [Lstm(2)] [Dense(1)]", "LSTM units=2 activation=my_act")]
    [InlineData("n_bn1", "[Input(2, 2)] [BatchNormalization] [Lstm(2)] [Dense(1)]", "BatchNormalization axis=1")]
    public async Task A_file_that_cannot_be_declared_is_not_loaded(string file, string attributes, string difference)
    {
        var model = await PrintedDeclaration.CompileAsync($"{attributes} public sealed partial class Model;");
        var fault = Assert.Throws<InvalidDataException>(
            () => PrintedDeclaration.Predict(model, KerasSample.Path($"declared/{file}.keras"), new float[6], 1));
        Assert.Contains($"> {difference}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The declaration that fits the file, but for what stands behind #error:", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], Tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
