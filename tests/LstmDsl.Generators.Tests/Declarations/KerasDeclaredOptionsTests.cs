namespace LstmDsl.Generators.Tests;

/// <summary>What files of Keras's say and can be declared: it is, and compiles.</summary>
public sealed class KerasDeclaredOptionsTests
{
    private const string Input = """{"class_name":"InputLayer","config":{"name":"i","batch_shape":[null,6,2]}}""";

    [Theory]
    [InlineData("a_dense_swish", "[Input(3, 2)]\n[Lstm(2)]\n[Dense(1, Activation = Activation.Silu)]\n")]
    [InlineData("c_bidibl", "[Input(3, 2)]\n[Bidirectional]\n[Lstm(2)]\n[Dense(1)]\n")]
    [InlineData("c_td", "[Input(3, 2)]\n[Lstm(2, ReturnSequences = true)]\n[Dense(1)]\n")]
    public async Task Files_put_together_by_hand(string file, string attributes)
    {
        var declaration = PrintedDeclaration.Of(KerasSample.Path($"declared/{file}.keras"));
        Assert.Equal($"{attributes}public sealed partial class Model;\n", declaration);
        Assert.Empty(await PrintedDeclaration.ErrorsAsync(declaration));
    }

    /// <summary>What is declared, saved and declared again is the same, and so every option that a declaration has.</summary>
    [Theory]
    [InlineData("[Input(6, 2, BatchSize = 4)]\n[Lstm(3, ReturnSequences = true, Stateful = true)]\n[Gru(2, ResetAfter = false, Stateful = true)]\n[Dense(1)]\n")]
    [InlineData("[Input(6, 2, BatchSize = 4)]\n[Bidirectional(Merge.Mul)]\n[SimpleRnn(3, Stateful = true)]\n[Dense(1)]\n")]
    [InlineData(
        "[Input(6, 2)]\n[Lstm(3, ReturnSequences = true)]\n[Kernel(Init.HeNormal, L1 = 0.01, Constraint = Constraint.MaxNorm, MaxNorm = 3)]\n"
        + "[RecurrentKernel(Constraint = Constraint.UnitNorm, NormAxis = 1)]\n[Bias(Constraint = Constraint.NonNeg)]\n"
        + "[Gru(3, ReturnSequences = true)]\n[Bias(Constraint = Constraint.UnitNorm, NormAxis = 1)]\n"
        + "[Conv1D(2, 2)]\n[Kernel(Constraint = Constraint.MinMaxNorm, MinNorm = 0.5, MaxNorm = 2, NormRate = 0.25, NormAxis = 2)]\n"
        + "[LayerNormalization]\n[Beta(L2 = 0.01)]\n[Gamma(Constraint = Constraint.MaxNorm)]\n[Flatten]\n[Dense(1)]\n")]
    [InlineData("[Input(6, 1)]\n[Embedding(5, 2)]\n[Embeddings(Constraint = Constraint.MaxNorm, MaxNorm = 0.5)]\n[SimpleRnn(2)]\n[Dense(1)]\n")]
    public async Task Every_option_comes_back(string attributes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        var declaration = $"{attributes}public sealed partial class Model;\n";
        PrintedDeclaration.Save(await PrintedDeclaration.CompileAsync(declaration), path);
        Assert.Equal(declaration, PrintedDeclaration.Of(path));
    }

    [Theory]
    [InlineData("""{"class_name":"Dense","config":{"name":"dense","units":2,"activation":"swish"}}""", "[Dense(2, Activation = Activation.Silu)]\n")]
    [InlineData("""{"class_name":"Dense","config":{"name":"dense","units":2,"activation":"hard_swish"}}""", "[Dense(2, Activation = Activation.HardSilu)]\n")]
    [InlineData("""{"class_name":"LSTM","config":{"name":"lstm","units":2,"activation":null}}""", "[Lstm(2, Activation = Activation.Linear)]\n")]
    [InlineData(
        """{"class_name":"LSTM","config":{"name":"lstm","units":2,"recurrent_activation":{"module":"keras.layers","class_name":"LeakyReLU","config":{"negative_slope":0.20000000298023224}}}}""",
        "[Lstm(2, RecurrentActivation = Activation.LeakyRelu)]\n")]
    [InlineData(
        """{"class_name":"Dense","config":{"name":"dense","units":2,"activation":{"module":"keras.activations","class_name":"function","config":"relu6","registered_name":"relu6"}}}""",
        "[Dense(2, Activation = Activation.Relu6)]\n")]
    [InlineData(
        """{"class_name":"Bidirectional","config":{"name":"bidirectional","layer":{"class_name":"GRU","config":{"units":2,"activation":"swish"}}}}""",
        "[Bidirectional]\n[Gru(2, Activation = Activation.Silu)]\n")]
    [InlineData("""{"class_name":"ReLU","config":{"name":"re_lu","max_value":null,"negative_slope":0.0,"threshold":0.0}}""", "[Activation(Activation.Relu)]\n")]
    [InlineData("""{"class_name":"ReLU","config":{"name":"re_lu_3","max_value":6.0,"negative_slope":0.0,"threshold":0.0}}""", "[Activation(Activation.Relu6)]\n")]
    [InlineData("""{"class_name":"LeakyReLU","config":{"name":"leaky_re_lu","alpha":0.20000000298023224}}""", "[Activation(Activation.LeakyRelu)]\n")]
    [InlineData("""{"class_name":"LeakyReLU","config":{"name":"leaky_re_lu_2"}}""", "[Activation(Activation.LeakyRelu, NegativeSlope = 0.3)]\n")]
    [InlineData(
        """{"class_name":"LeakyReLU","config":{"name":"activation_1","alpha":0.10000000149011612}}""",
        "[Activation(Activation.LeakyRelu, NegativeSlope = 0.1)]\n")]
    [InlineData(
        """{"class_name":"ReLU","config":{"name":"re_lu","max_value":null,"negative_slope":0.5,"threshold":0.0}}""",
        "[Activation(Activation.LeakyRelu, NegativeSlope = 0.5)]\n")]
    [InlineData(
        """{"class_name":"Activation","config":{"name":"a","activation":{"module":"keras.layers","class_name":"LeakyReLU","config":{"negative_slope":0}}}}""",
        "[Activation(Activation.LeakyRelu, NegativeSlope = 0, Name = \"a\")]\n")]
    [InlineData(
        """{"class_name":"TimeDistributed","config":{"name":"time_distributed","layer":{"class_name":"LeakyReLU","config":{"negative_slope":1.5}}}}""",
        "[Activation(Activation.LeakyRelu, NegativeSlope = 1.5)]\n")]
    [InlineData("""{"class_name":"ELU","config":{"name":"elu","alpha":1.0}}""", "[Activation(Activation.Elu)]\n")]
    [InlineData("""{"class_name":"Softmax","config":{"name":"softmax","axis":[2]}}""", "[Activation(Activation.Softmax)]\n")]
    [InlineData("""{"class_name":"Activation","config":{"name":"gate","activation":"swish"}}""", "[Activation(Activation.Silu, Name = \"gate\")]\n")]
    [InlineData(
        """{"class_name":"TimeDistributed","config":{"name":"each","layer":{"class_name":"Dense","config":{"name":"d","units":3,"activation":"swish","use_bias":false}}}}""",
        "[Dense(3, Activation = Activation.Silu, UseBias = false, Name = \"each\")]\n")]
    [InlineData(
        """{"class_name":"TimeDistributed","config":{"name":"time_distributed_1","layer":{"class_name":"Softmax","config":{"axis":1}}}}""",
        "[Activation(Activation.Softmax)]\n")]
    [InlineData(
        """{"class_name":"Dense","config":{"name":"dense","units":2,"kernel_regularizer":{"class_name":"L2","config":{"l2":0.009999999776482582}},"bias_regularizer":"l1"}}""",
        "[Dense(2)]\n[Kernel(L2 = 0.01)]\n[Bias(L1 = 0.01)]\n")]
    [InlineData(
        """{"class_name":"Dense","config":{"name":"dense","units":2,"kernel_initializer":{"class_name":"RandomNormal","config":{"mean":0.0,"stddev":0.10000000149011612}},"kernel_constraint":{"class_name":"MaxNorm","config":{"max_value":0.30000001192092896,"axis":[-1]}}}}""",
        "[Dense(2)]\n[Kernel(Init.RandomNormal, StdDev = 0.1, Constraint = Constraint.MaxNorm, MaxNorm = 0.3, NormAxis = 1)]\n")]
    [InlineData(
        """{"class_name":"Dense","config":{"name":"dense","units":2,"kernel_initializer":{"class_name":"VarianceScaling","config":{"scale":2.0,"mode":"fan_avg","distribution":"normal"}},"kernel_constraint":"non_neg"}}""",
        "[Dense(2)]\n[Kernel(Init.VarianceScaling, Scale = 2, Mode = FanMode.FanAvg, Constraint = Constraint.NonNeg)]\n")]
    [InlineData(
        """{"class_name":"BatchNormalization","config":{"name":"batch_normalization","axis":[2],"momentum":0.8999999761581421,"epsilon":0.0010000000474974513}}""",
        "[BatchNormalization(Momentum = 0.9)]\n")]
    [InlineData("""{"class_name":"Masking","config":{"name":"masking","mask_value":-0.10000000149011612}}""", "[Masking(MaskValue = -0.1)]\n")]
    [InlineData("""{"class_name":"Dropout","config":{"name":"dropout","rate":0.30000001192092896}}""", "[Dropout(0.3)]\n")]
    public async Task What_can_be_declared_is(string layer, string attributes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.Write(path, $"{Input},{layer}");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Equal($"[Input(6, 2)]\n{attributes}public sealed partial class Model;\n", declaration);
        Assert.Empty(await PrintedDeclaration.ErrorsAsync(declaration));
    }

    /// <summary>A comment tells what training will lack.</summary>
    [Theory]
    [InlineData("""{"class_name":"LSTM","config":{"name":"lstm","units":2,"trainable":false}}""", "[Lstm(2, Trainable = false)]\n")]
    [InlineData(
        """{"class_name":"LSTM","config":{"name":"lstm","units":2,"dtype":{"module":"keras","class_name":"DTypePolicy","config":{"name":"mixed_float16"}}}}""",
        "// lstm: dtype = mixed_float16; here all numbers are float32.\n[Lstm(2)]\n")]
    [InlineData(
        """{"class_name":"Dropout","config":{"name":"dropout","rate":0.5,"noise_shape":[null,1,2]}}""",
        "// dropout: noise_shape = [null, 1, 2] cannot be declared; it changes training alone.\n[Dropout(0.5)]\n")]
    [InlineData(
        """{"class_name":"Dense","config":{"name":"dense","units":2,"kernel_initializer":{"module":"mine","class_name":"GlorotUniform","config":{}},"kernel_constraint":{"module":"keras.constraints","class_name":"RadialConstraint","config":{}},"bias_regularizer":{"class_name":"OrthogonalRegularizer","config":{"factor":0.01}}}}""",
        "// dense: kernel_initializer = mine.GlorotUniform cannot be declared; it changes training alone.\n"
        + "// dense: kernel_constraint = RadialConstraint {} cannot be declared; it changes training alone.\n"
        + "// dense: bias_regularizer = OrthogonalRegularizer cannot be declared; it changes training alone.\n[Dense(2)]\n")]
    [InlineData(
        """{"class_name":"LayerNormalization","config":{"name":"layer_normalization","activity_regularizer":{"class_name":"L2","config":{"l2":0.1}}}}""",
        "// layer_normalization: activity_regularizer = L2 = 0.1 cannot be declared; it changes training alone.\n[LayerNormalization]\n")]
    [InlineData(
        """{"class_name":"BatchNormalization","config":{"name":"batch_normalization","synchronized":true,"moving_mean_initializer":{"class_name":"Ones","config":{}}}}""",
        "// batch_normalization: synchronized = true cannot be declared; it changes training alone.\n"
        + "// batch_normalization: moving_mean_initializer = Ones cannot be declared; it changes training alone.\n[BatchNormalization]\n")]
    [InlineData(
        """{"class_name":"Dense","config":{"name":"dense","units":2,"of_tomorrow":3}}""",
        "// dense: of_tomorrow = 3 is not known here, and not looked at.\n[Dense(2)]\n")]
    public async Task What_changes_training_alone_is_a_comment(string layer, string attributes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.Write(path, $"{Input},{layer}");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Equal($"[Input(6, 2)]\n{attributes}public sealed partial class Model;\n", declaration);
        Assert.Empty(await PrintedDeclaration.ErrorsAsync(declaration));
    }

    [Fact]
    public async Task A_batch_of_a_size_that_nothing_needs_is_a_comment()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.Write(path, """{"class_name":"LSTM","config":{"name":"lstm","batch_input_shape":[8,6,2],"units":2}}""");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Equal(
            "// The file takes batches of 8 samples; here they may have any size, since no layer is stateful.\n"
            + "[Input(6, 2)]\n[Lstm(2)]\npublic sealed partial class Model;\n",
            declaration);
        Assert.Empty(await PrintedDeclaration.ErrorsAsync(declaration));
    }
}
