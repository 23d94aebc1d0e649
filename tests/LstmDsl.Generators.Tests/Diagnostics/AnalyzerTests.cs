using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators.Tests;

/// <summary>
/// Every diagnostic, where it is reported and what it says. What is blamed stands between <c>«</c> and <c>»</c>; beside the diagnostic
/// the compiler must have nothing to say, save where a case names what it says.
/// </summary>
public sealed class AnalyzerTests
{
    /// <summary>Uses the whole surface of a model called M, which must be there however wrong its declaration is.</summary>
    private const string Use =
        """

        internal static class Use
        {
            internal static object All(TimeSeries series, WindowedDataset data)
            {
                var model = new M(seed: 42);
                model.Predict(new float[20], new float[1]);
                _ = model.Predict(new float[20]) + model.Predict(data).Count + model.Forecast(series, 5).Count + M.ParameterCount;
                model.Save("m.safetensors");
                return (M.Summary, M.GetSummary(100), M.Shape, M.Load("m.safetensors").Pipeline, new M.Trainer(M.Create(1)));
            }
        }
        """;

    [Theory]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] class «M»;", "LSTM001", "'M' must be partial: the generator adds the model's members to it", "CS0260")]
    [InlineData("[«Lstm(20)», Dense(1)] partial class M;", "LSTM002", "'M' has [Lstm] but no [Input(timesteps, features)], which declares a model and the shape of its input")]
    [InlineData("[«Dense(20)», Kernel(Init.Zeros), Lstm(3)] partial class M;", "LSTM002", "'M' has [Dense] but no [Input(timesteps, features)], which declares a model and the shape of its input")]
    [InlineData("[Input(«0», 1), Lstm(20), Dense(1)] partial class M;", "LSTM003", "'timesteps' of [Input] is 0; it must be at least 1")]
    [InlineData("[Input(20, «features: -3»), Lstm(20), Dense(1)] partial class M;", "LSTM003", "'features' of [Input] is -3; it must be at least 1")]
    [InlineData("[Input(20, 1), Lstm(kernel: Init.Zeros, «units: 0»), Dense(1)] partial class M;", "LSTM003", "'units' of [Lstm] is 0; it must be at least 1")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(«int.MinValue»)] partial class M;", "LSTM003", "'units' of [Dense] is -2147483648; it must be at least 1")]
    [InlineData("[Input(20, 1), Gru(«0»), Dense(1)] partial class M;", "LSTM003", "'units' of [Gru] is 0; it must be at least 1")]
    [InlineData("[«Gru(20)», Dense(1)] partial class M;", "LSTM002", "'M' has [Gru] but no [Input(timesteps, features)], which declares a model and the shape of its input")]
    [InlineData("[Input(20, 1), «Gru(20)», Dense(3), Gru(8), Dense(1)] partial class M;", "LSTM006", "'Gru' gives only its last timestep, but 'Gru1' after it needs a sequence: set ReturnSequences = true")]
    [InlineData("[Input(20, 1), SimpleRnn(«0»), Dense(1)] partial class M;", "LSTM003", "'units' of [SimpleRnn] is 0; it must be at least 1")]
    [InlineData("[«SimpleRnn(20)», Dense(1)] partial class M;", "LSTM002", "'M' has [SimpleRnn] but no [Input(timesteps, features)], which declares a model and the shape of its input")]
    [InlineData("[«Activation(Activation.Relu)», Dense(1)] partial class M;", "LSTM002", "'M' has [Activation] but no [Input(timesteps, features)], which declares a model and the shape of its input")]
    [InlineData("[Input(20, 1), «SimpleRnn(20)», Lstm(8), Dense(1)] partial class M;", "LSTM006", "'SimpleRnn' gives only its last timestep, but 'Lstm' after it needs a sequence: set ReturnSequences = true")]
    [InlineData("[Input(20, 1), SimpleRnn(20, UseBias = false), «Bias(Init.Ones)», Dense(1)] partial class M;", "LSTM009", "[Bias] refines a weight that 'SimpleRnn' does not have: its UseBias is false")]
    [InlineData("[Input(20, 1), SimpleRnn(20, Init.Zeros), «Kernel(Init.Ones)», Dense(1)] partial class M;", "LSTM012", "[Kernel] contradicts the kernel initializer in [SimpleRnn]")]
    [InlineData("[«Input(20, 1)»] partial class M;", "LSTM004", "'M' has no layer: put [Lstm(units)], [SimpleRnn(units)] or [Dense(units)] after [Input]")]
    [InlineData("[Lstm(20), «Input(20, 1)», Dense(1)] partial class M;", "LSTM005", "[Input] must stand before the layers of 'M': attributes are read in the order of the source")]
    [InlineData("[Input(20, 1), «Lstm(20)», Dense(4), Lstm(8), Dense(1)] partial class M;", "LSTM006", "'Lstm' gives only its last timestep, but 'Lstm1' after it needs a sequence: set ReturnSequences = true")]
    [InlineData("[Input(20, 1), Lstm(20)] partial class M; [«Dense(1)»] partial class M;", "LSTM007", "[Dense] stands on another partial declaration of 'M' than [Input], which leaves the order of the layers open")]
    [InlineData("[Input(20, 1), Lstm(20, «Stateful = true»), Dense(1)] partial class M;", "LSTM022", "'Lstm' is stateful, so that every batch must have the same size: say it in [Input(20, 1, BatchSize = …)]")]
    [InlineData("[Input(20, 1), Bidirectional, Gru(20, «Stateful = true»), Dense(1)] partial class M;", "LSTM022", "'Bidirectional' is stateful, so that every batch must have the same size: say it in [Input(20, 1, BatchSize = …)]")]
    [InlineData("[Input(20, 1, «BatchSize = 0»), Lstm(20, Stateful = true), Dense(1)] partial class M;", "LSTM003", "'BatchSize' of [Input] is 0; it must be at least 1")]
    [InlineData("[Input(20, 1, «BatchSize = 8»), Lstm(20), Dense(1)] partial class M;", "LSTM012", "BatchSize contradicts the layers, none of which is Stateful: they take batches of any size")]
    [InlineData("[Input(20, 1, BatchSize = 8), Lstm(20, Stateful = true), Dense(1, «Name = \"ResetStates\"»)] partial class M;", "LSTM010", "The name 'ResetStates' clashes with a member that every model has")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Constraint = Constraint.MaxNorm, «MaxNorm = 0»), Dense(1)] partial class M;", "LSTM017", "'MaxNorm' of [Kernel] cannot be 0: the largest norm is above 0")]
    [InlineData("[Input(20, 1), Lstm(20), RecurrentKernel(Constraint = Constraint.MinMaxNorm, «MinNorm = 1.5»), Dense(1)] partial class M;", "LSTM017", "'MinNorm' of [RecurrentKernel] cannot be 1.5: the smallest norm is at least 0 and at most the largest, 1")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Constraint = Constraint.MinMaxNorm, «NormRate = 2»), Dense(1)] partial class M;", "LSTM017", "'NormRate' of [Kernel] cannot be 2: a rate is at least 0 and at most 1")]
    [InlineData("[Input(20, 1), Lstm(20), Bias(Constraint = Constraint.UnitNorm, «NormAxis = 1»), Dense(1)] partial class M;", "LSTM017", "'NormAxis' of [Bias] cannot be 1: this weight has one axis, 0")]
    [InlineData("[Input(20, 1), Gru(20), Bias(Constraint = Constraint.UnitNorm, «NormAxis = 2»), Dense(1)] partial class M;", "LSTM017", "'NormAxis' of [Bias] cannot be 2: this weight has the axes 0 to 1")]
    [InlineData("[Input(20, 1), Conv1D(4, 3), Kernel(Constraint = Constraint.UnitNorm, «NormAxis = 3»), Lstm(3), Dense(1)] partial class M;", "LSTM017", "'NormAxis' of [Kernel] cannot be 3: this weight has the axes 0 to 2")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(«Constraint = (Constraint)7»), Dense(1)] partial class M;", "LSTM017", "'Constraint' of [Kernel] cannot be 7: no Constraint has this value")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Constraint = Constraint.NonNeg, «NormAxis = 0»), Dense(1)] partial class M;", "LSTM012", "NormAxis contradicts Constraint.NonNeg, which does not use it")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(«MaxNorm = 3»), Dense(1)] partial class M;", "LSTM012", "MaxNorm contradicts Constraint.None, which does not use it")]
    [InlineData("[Input(20, 1), «Kernel(Init.Zeros)», Lstm(20), Dense(1)] partial class M;", "LSTM008", "[Kernel] has no layer before it whose weight it could refine")]
    [InlineData("[Input(20, 1), MinGru(20), «RecurrentKernel(Init.Zeros)», Dense(1)] partial class M;", "LSTM009", "[RecurrentKernel] refines a weight that 'MinGru' does not have: it has no recurrent kernel")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1), «RecurrentKernel(Init.Zeros)»] partial class M;", "LSTM009", "[RecurrentKernel] refines a weight that 'Dense' does not have: it is not recurrent")]
    [InlineData("[Input(20, 1), Lstm(20), Activation(Activation.Relu), «Kernel(Init.Zeros)», Dense(1)] partial class M;", "LSTM009", "[Kernel] refines a weight that 'Activation' does not have: it has no weights")]
    [InlineData("[Input(20, 1), Lstm(20, UseBias = false), «Bias(Init.Ones)», Dense(1)] partial class M;", "LSTM009", "[Bias] refines a weight that 'Lstm' does not have: its UseBias is false")]
    [InlineData("[Input(20, 1), Lstm(20, «Name = \"Summary\"»), Dense(1)] partial class M;", "LSTM010", "The name 'Summary' clashes with a member that every model has")]
    [InlineData("[Input(20, 1), Lstm(20, «Name = \"M\"»), Dense(1)] partial class M;", "LSTM010", "The name 'M' clashes with the class's own name: give the layer another with Name")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1, «Name = \"Lstm\"»)] partial class M;", "LSTM010", "The name 'Lstm' clashes with the layer 'Lstm'")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1, «Name = \"LstmKernel\"»)] partial class M;", "LSTM010", "The name 'LstmKernel' clashes with the layer 'Lstm'")]
    [InlineData("[Input(20, 1), Lstm(20, Name = \"AB\"), Dense(1, «Name = \"Ab\"»)] partial class M;", "LSTM010", "The name 'Ab' clashes with another layer's name in files, 'ab'")]
    [InlineData("[Input(20, 1), Lstm(20, «Name = \"two words\"»), Dense(1)] partial class M;", "LSTM011", "'two words' cannot name a layer: it is no C# identifier")]
    [InlineData("[Input(20, 1), Lstm(20, «Name = \"class\"»), Dense(1)] partial class M;", "LSTM011", "'class' cannot name a layer: it is no C# identifier")]
    [InlineData("[Input(20, 1), Lstm(20, «Name = \"\"»), Dense(1)] partial class M;", "LSTM011", "'' cannot name a layer: it is no C# identifier")]
    [InlineData("[Input(20, 1, Name = \"A\"), Lstm(4), Input(3, 1, «Name = \"the plan\"»), Lstm(4), Add(\"Lstm\"), Dense(1)] partial class M;", "LSTM011", "'the plan' cannot name an input: it is no C# identifier")]
    [InlineData("[Input(20, 1, Name = \"A\"), Lstm(4), Input(3, 1, «Name = \"M\"»), Lstm(4), Add(\"Lstm\"), Dense(1)] partial class M;", "LSTM010", "The name 'M' clashes with the class's own name: give the input another with Name")]
    [InlineData("[Input(20, 1, Name = \"A\"), Lstm(4), Input(3, 1, Name = \"B\"), Lstm(4, «Name = \"B\"»), Add(\"Lstm\"), Dense(1)] partial class M;", "LSTM010", "The name 'B' clashes with the input 'B'")]
    [InlineData("[Input(20, 1), Lstm(20, Init.Zeros), «Kernel(Init.Ones)», Dense(1)] partial class M;", "LSTM012", "[Kernel] contradicts the kernel initializer in [Lstm]")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.Ones), «Kernel(Init.Ones)», Dense(1)] partial class M;", "LSTM012", "[Kernel] contradicts the [Kernel] of 'Lstm' before it")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.Ones, «Value = 2»), Dense(1)] partial class M;", "LSTM012", "Value contradicts Init.Ones, which does not use it")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(«StdDev = 0.1»), Dense(1)] partial class M;", "LSTM012", "StdDev contradicts Init.GlorotUniform, which does not use it")]
    [InlineData("[Input(20, 1), Lstm(20, Init.RandomNormal), Kernel(StdDev = 0.1, «Gain = 2»), Dense(1)] partial class M;", "LSTM012", "Gain contradicts Init.RandomNormal, which does not use it")]
    [InlineData("[Input(20, 1), Lstm(20), Bias(Init.HeNormal, «Mode = FanMode.FanOut»), Dense(1)] partial class M;", "LSTM012", "Mode contradicts Init.HeNormal, which does not use it")]
    [InlineData("[Input(20, 1), Lstm(20, UseBias = false, «UnitForgetBias = true»), Dense(1)] partial class M;", "LSTM012", "UnitForgetBias = true contradicts UseBias = false")]
    [InlineData("[Input(20, 1), Lstm(«20_000_000»), Dense(1)] partial class M;", "LSTM016", "With 'Lstm' the activations of 'M' exceed 2,147,483,647 values, the most that one block can hold")]
    [InlineData("[Input(20, 1), Lstm(«30_000»), Dense(1)] partial class M;", "LSTM016", "With 'Lstm' the parameters of 'M' exceed 2,147,483,647 values, the most that one block can hold")]
    [InlineData("[Input(1_000_000, 1), Lstm(«500»), Dense(1)] partial class M;", "LSTM016", "With 'Lstm' the activations of one sample of 'M' exceed 2,147,483,647 values, the most that one block can hold")]
    [InlineData("[Input(20, 1), Lstm(20, «Activation = (Activation)99»), Dense(1)] partial class M;", "LSTM017", "'Activation' of [Lstm] cannot be 99: no Activation has this value")]
    [InlineData("[Input(20, 1), Lstm(20, «Activation = Activation.Softmax»), Dense(1)] partial class M;", "LSTM017", "'Activation' of [Lstm] cannot be Softmax: a cell works on one unit at a time, and this activation on whole rows; put [Activation] after the layer")]
    [InlineData("[Input(20, 1), Lstm(20), Activation(«(Activation)99»), Dense(1)] partial class M;", "LSTM017", "'activation' of [Activation] cannot be 99: no Activation has this value")]
    [InlineData("[Input(20, 1), Lstm(20, «(Init)99»), Dense(1)] partial class M;", "LSTM017", "'kernel' of [Lstm] cannot be 99: no Init has this value")]
    [InlineData("[Input(20, 1), Lstm(20), Bias(«Init.Orthogonal»), Dense(1)] partial class M;", "LSTM017", "'init' of [Bias] cannot be Orthogonal: a bias is no matrix")]
    [InlineData("[Input(20, 1), Lstm(20), Bias(«Init.Identity»), Dense(1)] partial class M;", "LSTM017", "'init' of [Bias] cannot be Identity: a bias is no matrix")]
    [InlineData("[Input(20, 1), Lstm(20), RecurrentKernel(«Init.Identity»), Dense(1)] partial class M;", "LSTM017", "'init' of [RecurrentKernel] cannot be Identity: the recurrent kernel of 'Lstm' is (20, 80), not square")]
    [InlineData("[Input(20, 1), Lstm(20, «Init.Identity»), Kernel(L2 = 0.1, Gain = 2), Dense(1)] partial class M;", "LSTM017", "'kernel' of [Lstm] cannot be Identity: the kernel of 'Lstm' is (1, 80), not square")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.RandomNormal, «StdDev = -0.1»), Dense(1)] partial class M;", "LSTM017", "'StdDev' of [Kernel] cannot be -0.1: a standard deviation is at least 0")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.VarianceScaling, «Scale = 0»), Dense(1)] partial class M;", "LSTM017", "'Scale' of [Kernel] cannot be 0: a variance is above 0")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.VarianceScaling, «Mode = (FanMode)7»), Dense(1)] partial class M;", "LSTM017", "'Mode' of [Kernel] cannot be 7: no FanMode has this value")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.RandomUniform, MinValue = 0.2, «MaxValue = 0.1»), Dense(1)] partial class M;", "LSTM017", "'MaxValue' of [Kernel] cannot be 0.1: the range from 0.2 to 0.1 is empty")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.RandomUniform, «MinValue = 0.05»), Dense(1)] partial class M;", "LSTM017", "'MinValue' of [Kernel] cannot be 0.05: the range from 0.05 to 0.05 is empty")]
    [InlineData("[Input(20, 1), Lstm(20), RecurrentKernel(«Gain = double.PositiveInfinity»), Dense(1)] partial class M;", "LSTM017", "'Gain' of [RecurrentKernel] cannot be Infinity: weights are finite 32-bit numbers")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(«L1 = -1»), Dense(1)] partial class M;", "LSTM017", "'L1' of [Kernel] cannot be -1: the factor of a penalty is a finite 32-bit number of at least 0")]
    [InlineData("[Input(20, 1), Lstm(20, «ActivityL2 = double.NaN»), Dense(1)] partial class M;", "LSTM017", "'ActivityL2' of [Lstm] cannot be NaN: the factor of a penalty is a finite 32-bit number of at least 0")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.Constant, «Value = double.NaN»), Dense(1)] partial class M;", "LSTM017", "'Value' of [Kernel] cannot be NaN: weights are finite 32-bit numbers")]
    [InlineData("[Input(20, 1), Lstm(20), Kernel(Init.Constant, «Value = 1e39»), Dense(1)] partial class M;", "LSTM017", "'Value' of [Kernel] cannot be 1E+39: weights are finite 32-bit numbers")]
    [InlineData("[Input(20, 1), «Input(20, 2)», Lstm(20), Dense(1)] partial class M;", "LSTM018", "'M' has several inputs, so each needs a name: [Input(…, Name = \"…\")]")]
    [InlineData("[Input(20, 1), Dense(4, Name = \"Wide\"), Lstm(4, ReturnSequences = true), Add(«\"Wyde\"»), Dense(1)] partial class M;", "LSTM027", "[Add] names 'Wyde', but no layer before it has this name: did you mean 'Wide'?")]
    [InlineData("[Input(20, 1), Dense(4), Add(«\"Later\"»), Dense(4, Name = \"Later\")] partial class M;", "LSTM027", "[Add] names 'Later', but no layer before it has this name: 'Later' stands after it, and names point backwards")]
    [InlineData("[Input(20, 1), From(«\"Nothing\"»), Lstm(4), Dense(1)] partial class M;", "LSTM027", "[From] names 'Nothing', but no layer before it has this name: no layer stands before it")]
    [InlineData("[Input(20, 1), Dense(4), Lstm(4), From(«\"Encoder\"»), Dense(1)] partial class M;", "LSTM027", "[From] names 'Encoder', but no layer before it has this name: these do: 'Dense', 'Lstm'")]
    [InlineData("[Input(20, 4), Lstm(4, ReturnSequences = true), Attention(\"Lstm\", «Keys = \"Input\"»), Dense(1)] partial class M;", "LSTM027", "[Attention] names 'Input', but no layer before it has this name: give the input that name, [Input(…, Name = \"Input\")]")]
    [InlineData("[Input(20, 1), Dense(8, Name = \"Wide\"), Lstm(4, ReturnSequences = true), «Add(\"Wide\")», Dense(1)] partial class M;", "LSTM028", "'Add' takes outputs of one shape, but 'Wide' is (20, 8) and 'Lstm' is (20, 4)")]
    [InlineData("[Input(20, 1), Dense(8, Name = \"Wide\"), Lstm(4), «Concatenate(\"Wide\")», Dense(1)] partial class M;", "LSTM028", "'Concatenate' takes outputs of the same timesteps, but 'Wide' is (20, 8) and 'Lstm' is (4)")]
    [InlineData("[Input(20, 1), Dense(8, Name = \"Wide\"), Lstm(4, ReturnSequences = true), «Concatenate(\"Wide\", Axis = 1)», Dense(1)] partial class M;", "LSTM028", "'Concatenate' takes sequences, (timesteps, features), of one width, but 'Wide' is (20, 8) and 'Lstm' is (20, 4)")]
    [InlineData("[Input(20, 1), Lstm(3, Name = \"One\"), From(\"One\"), Dense(3), «Concatenate(\"One\", Axis = 1)», Dense(1)] partial class M;", "LSTM028", "'Concatenate' takes sequences, (timesteps, features), of one width, but 'One' is (3) and 'Dense' is (3)")]
    [InlineData("[Input(20, 1, Name = \"Raw\"), «Lstm(4)», From(\"Raw\"), Flatten, Dense(1)] partial class M;", "LSTM029", "Nobody reads the output of 'Lstm': name it in a layer that puts outputs together, such as [Concatenate(\"Lstm\")], or leave it out")]
    [InlineData("[«Input(20, 1, Name = \"One\")», Input(20, 1, Name = \"Two\"), Lstm(4), Dense(1)] partial class M;", "LSTM029", "Nobody reads the output of 'One': name it in a layer that puts outputs together, such as [Concatenate(\"One\")], or leave it out")]
    [InlineData("[Input(20, 1), Lstm(4), Dense(1), «From(\"Lstm\")»] partial class M;", "LSTM030", "[From(\"Lstm\")] begins a branch, but no layer follows it")]
    [InlineData("[Input(20, 1, Name = \"A\"), Lstm(4), Dense(1), «Input(4, 2, Name = \"B\")»] partial class M;", "LSTM030", "[Input] begins a branch, but no layer follows it")]
    [InlineData("[Input(20, 1), Lstm(4), «Add», Dense(1)] partial class M;", "LSTM031", "[Add] takes at least two outputs, what stands before it among them, but found 1: name the other, as in [Add(\"Encoder\")]")]
    [InlineData("[Input(20, 1), Dense(4), Dense(4), Lstm(4, ReturnSequences = true), «Subtract(\"Dense\", \"Dense1\")», Dense(1)] partial class M;", "LSTM031", "[Subtract] takes two outputs, what stands before it among them, but found 3: name one other, as in [Subtract(\"Encoder\")]")]
    [InlineData("[Input(20, 1), Lstm(4, ReturnSequences = true, Name = \"S\"), Lstm(3), «Attention(\"S\")», Dense(1)] partial class M;", "LSTM028", "'Attention' takes a query and keys of one width, but 'Lstm' is (3) and 'S' is (20, 4)")]
    [InlineData("[Input(20, 1), Lstm(4, Name = \"S\"), Dense(4), Attention(«\"S\"»), Dense(1)] partial class M;", "LSTM021", "'Attention' takes values that are a sequence, but its input is 'S', which has no time axis")]
    [InlineData("[Input(20, 1), Lstm(4, ReturnSequences = true, Name = \"S\"), Conv1D(4, 3, Name = \"K\"), Lstm(4), Attention(\"S\", «Keys = \"K\"»), Dense(1)] partial class M;", "LSTM028", "'Attention' takes as many keys as values, but 'K' is (18, 4) and 'S' is (20, 4)")]
    [InlineData("[Input(20, 1), Lstm(4, ReturnSequences = true, Name = \"S\"), Lstm(4), AdditiveAttention(\"S\", «Query = \"Q\"»), Dense(1)] partial class M;", "LSTM027", "[AdditiveAttention] names 'Q', but no layer before it has this name: these do: 'S', 'Lstm'")]
    [InlineData("[Input(20, 1), Lstm(4, Trainable = false), Dense(1, «Trainable = false»)] partial class M;", "LSTM032", "Every layer of 'M' that has weights says Trainable = false: it can predict, but training changes nothing")]
    [InlineData("[Input(20, 1), Dropout(0.5, «Trainable = false»), Lstm(4), Dense(1)] partial class M;", "LSTM017", "'Trainable' of [Dropout] cannot be false: 'Dropout' has no weights")]
    [InlineData("[Input(20, 2), «Reshape(7, 3)», Lstm(4), Dense(1)] partial class M;", "LSTM021", "'Reshape' takes 21 values of a sample, the product of its sizes, but its input is (20, 2), which has 40")]
    [InlineData("[Input(20, 2), Permute(«2», 2), Lstm(4), Dense(1)] partial class M;", "LSTM017", "'first' of [Permute] cannot be 2, with 2 after it: the two are 1, the timesteps, and 2, the features, in either order")]
    [InlineData("[Input(20, 2), Dense(2, Name = \"A\"), Dense(2), Concatenate(\"A\", «Axis = 3»), Dense(1)] partial class M;", "LSTM017", "'Axis' of [Concatenate] cannot be 3: it is -1, the last axis, or 1, the timesteps of sequences")]
    [InlineData("[Input(20, 1, Name = \"Raw\"), Masking, «Multiply(\"Raw\")», Lstm(1)] partial class M;", "LSTM023", "'Multiply' knows nothing of padding: the mask that 'Masking' makes ends there, and from there on padded timesteps count as others do")]
    [InlineData("[Input(20, 1, Name = \"Raw\"), Masking, «Add(\"Raw\")», Lstm(1)] partial class M;", "LSTM023", "'Add' knows nothing of padding: the mask that 'Masking' makes ends there, and from there on padded timesteps count as others do")]
    [InlineData("[Input(4, 2, Name = \"A\", BatchSize = 2), Lstm(2, Stateful = true, Name = \"S\"), Input(4, 2, Name = \"B\", «BatchSize = 3»), Lstm(2), Add(\"S\")] partial class M;", "LSTM012", "BatchSize = 3 contradicts BatchSize = 2 of the input before it: a batch has as many samples of each")]
    [InlineData("[Input(4, 2, Name = \"A\"), Lstm(3, Name = \"E\"), From(\"A\"), Lstm(2, «InitialState = \"E\"»), Dense(1)] partial class M;", "LSTM039", "'Lstm' cannot begin with the states of 'E': that has 3 units, and this has 2 units")]
    [InlineData("[Input(4, 2, Name = \"A\"), Gru(1, Name = \"E\"), From(\"A\"), Lstm(1, «InitialState = \"E\"»), Dense(1)] partial class M;", "LSTM039", "'Lstm' cannot begin with the states of 'E': that is [Gru], and this is [Lstm]")]
    [InlineData("[Input(4, 2, Name = \"A\"), Bidirectional, Gru(2, Name = \"E\"), From(\"A\"), Gru(2, «InitialState = \"E\"»), Dense(1)] partial class M;", "LSTM039", "'Gru' cannot begin with the states of 'E': that runs in both directions, and this in one")]
    [InlineData("[Input(4, 2), Dense(2, Name = \"E\"), Bidirectional, Gru(2, «InitialState = \"E\"»), Dense(1)] partial class M;", "LSTM039", "'Bidirectional' cannot begin with the states of 'E': it is no recurrent layer")]
    [InlineData("[Input(4, 2, Name = \"A\"), MinGru(2, «InitialState = \"A\"»), Dense(1)] partial class M;", "LSTM039", "'MinGru' cannot begin with the states of 'A': it is no recurrent layer")]
    [InlineData("[Input(4, 2, Name = \"A\"), Gru(2, ActivityL2 = 0.1, Name = \"E\"), From(\"A\"), Gru(2, «InitialState = \"E\"»), Dense(1)] partial class M;", "LSTM039", "'Gru' cannot begin with the states of 'E': that says ActivityL1 or ActivityL2, which in Keras then count its last states a second time")]
    [InlineData("[Input(4, 2, BatchSize = 2, Name = \"A\"), Gru(2, Name = \"E\"), From(\"A\"), Gru(2, Stateful = true, «InitialState = \"E\"»), Dense(1)] partial class M;", "LSTM012", "InitialState, with which each batch begins, contradicts Stateful = true, by which it begins in the states that the batch before has left")]
    [InlineData("[Input(4, 2, Name = \"A\"), Gru(2, Name = \"Encoder\"), From(\"A\"), Gru(2, «InitialState = \"Encode\"»), Add(\"Encoder\"), Dense(1)] partial class M;", "LSTM027", "[Gru] names 'Encode', but no layer before it has this name: did you mean 'Encoder'?")]
    [InlineData("[Input(4, 2), Masking(Name = \"K\"), Gru(2, Name = \"E\"), From(\"K\"), Gru(2, «InitialState = \"E\"»), Dense(1)] partial class M;", "LSTM021", "'Gru' takes a sequence without a mask since it begins with the states of 'E' (Keras runs such a layer as if it had none), but its input is masked by 'K'")]
    [InlineData("[Input(4, 2), Lstm(3, Name = \"E\"), RepeatVector(2), MultiHeadAttention(2, 3, «Values = \"E\"»), Dense(1)] partial class M;", "LSTM021", "'MultiHeadAttention' takes values that are a sequence, but its input is 'E', which has no time axis")]
    [InlineData("[Input(8, 2), Lstm(4), «MultiHeadAttention(2, 3)», Dense(1)] partial class M;", "LSTM021", "'MultiHeadAttention' takes values that are a sequence, but its input is 'Lstm', which has no time axis")]
    [InlineData("[Input(4, 2, Name = \"A\"), Conv1D(2, 2, Name = \"K\"), MultiHeadAttention(2, 3, Values = \"A\", «Keys = \"K\"»), Dense(1)] partial class M;", "LSTM028", "'MultiHeadAttention' takes as many keys as values, but 'K' is 3 timesteps and 'A' is 4 timesteps")]
    [InlineData("[Input(4, 2), MultiHeadAttention(«0», 3), Dense(1)] partial class M;", "LSTM003", "'heads' of [MultiHeadAttention] is 0; it must be at least 1")]
    [InlineData("[Input(4, 2), MultiHeadAttention(2, 3, «ValueDim = -1»), Dense(1)] partial class M;", "LSTM003", "'ValueDim' of [MultiHeadAttention] is -1; it must be at least 1")]
    [InlineData("[Input(4, 2), MultiHeadAttention(2, 3, «Dropout = 1»), Dense(1)] partial class M;", "LSTM017", "'Dropout' of [MultiHeadAttention] cannot be 1: a rate of dropout is at least 0 and below 1")]
    [InlineData("[Input(4, 2), MultiHeadAttention(2, 3, Name = \"H\"), Dense(2, «Name = \"HQuery\"»)] partial class M;", "LSTM010", "The name 'HQuery' clashes with the layer 'H'")]
    [InlineData("[Input(4, 2), MultiHeadAttention(2, 3), Kernel(«Init.Orthogonal»), Dense(1)] partial class M;", "LSTM017", "'init' of [Kernel] cannot be Orthogonal: kernels of heads are no matrices")]
    [InlineData("[Input(4, 2), MultiHeadAttention(2, 3), Kernel(«Constraint = Constraint.MaxNorm»), Dense(1)] partial class M;", "LSTM017", "'Constraint' of [Kernel] cannot be MaxNorm: weights of heads have an axis more than norms are built for")]
    [InlineData("[Input(4, 2), MultiHeadAttention(2, 3, UseBias = false), «Bias(Init.Ones)», Dense(1)] partial class M;", "LSTM009", "[Bias] refines a weight that 'MultiHeadAttention' does not have: its UseBias is false")]
    [InlineData("[Input(4, 2), «TimeDistributed», Lstm(3), Dense(1)] partial class M;", "LSTM040", "[TimeDistributed] stands before [Lstm]; it can stand right before [Dense], [Activation], [Dropout], [LayerNormalization], [Normalization] and [Rescaling], which work on each timestep by themselves")]
    [InlineData("[Input(4, 2), Lstm(3), Dense(1), «TimeDistributed»] partial class M;", "LSTM040", "[TimeDistributed] stands before nothing; it can stand right before [Dense], [Activation], [Dropout], [LayerNormalization], [Normalization] and [Rescaling], which work on each timestep by themselves")]
    [InlineData("[Input(4, 2), Lstm(3), «TimeDistributed», Dense(1)] partial class M;", "LSTM021", "'TimeDistributed' takes a sequence, but its input is without a time axis")]
    [InlineData("[Input(4, 2), Lstm(2, ReturnSequences = true, Name = \"S\"), Lstm(2, ReturnSequences = true, «Name = \"S\"»), Dense(1)] partial class M;", "LSTM010", "The name 'S' clashes with the layer 'S'")]
    [InlineData("[«Input(5, 1)»] partial class M; [Input(20, 1), Lstm(20), Dense(1)] partial class M;", "LSTM007", "[Input] stands on another partial declaration of 'M' than [Input], which leaves the order of the layers open")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial class M { internal «M»() { } }", "LSTM019", "This constructor of 'M' does not call ': this(seed)', but only the generated constructor 'M(int seed = 0)' makes the weights")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial class M { internal «M»(int seed) { } }", "LSTM019", "'M' has a constructor of its own for an int, but only the generated constructor 'M(int seed = 0)' makes the weights")]
    [InlineData("[Input(20, 1), Lstm(20), «Bidirectional», Dense(1)] partial class M;", "LSTM020", "[Bidirectional] must stand right before [Lstm], [Gru], [MinGru] or [SimpleRnn], which it lets run in both directions")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1), «Bidirectional(Merge.Sum)»] partial class M;", "LSTM020", "[Bidirectional] must stand right before [Lstm], [Gru], [MinGru] or [SimpleRnn], which it lets run in both directions")]
    [InlineData("[Input(20, 1), Bidirectional(«(Merge)9»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'merge' of [Bidirectional] cannot be 9: no Merge has this value")]
    [InlineData("[Input(20, 1), Bidirectional, Lstm(20, «GoBackwards = true»), Dense(1)] partial class M;", "LSTM012", "GoBackwards = true contradicts [Bidirectional], which runs in both directions")]
    [InlineData("[Input(20, 1), Bidirectional, «Lstm(20)», Gru(8), Dense(1)] partial class M;", "LSTM006", "'Bidirectional' gives only its last timestep, but 'Gru' after it needs a sequence: set ReturnSequences = true")]
    [InlineData("[Input(20, 1), Bidirectional, Lstm(20, «Name = \"Summary\"»), Dense(1)] partial class M;", "LSTM010", "The name 'Summary' clashes with a member that every model has")]
    [InlineData("[Input(20, 1), Flatten, «Lstm(20)», Dense(1)] partial class M;", "LSTM021", "'Lstm' takes a sequence, but its input is without a time axis")]
    [InlineData("[Input(20, 1), GlobalMaxPooling1D, «Conv1D(4, 3)», Flatten, Dense(1)] partial class M;", "LSTM021", "'Conv1D' takes a sequence, but its input is without a time axis")]
    [InlineData("[Input(20, 1), Lstm(3, ReturnSequences = true), «RepeatVector(4)», Dense(1)] partial class M;", "LSTM021", "'RepeatVector' takes one row of values, but its input is a sequence of 20 timesteps")]
    [InlineData("[Input(5, 1), «Conv1D(4, 3, DilationRate = 3)», Flatten, Dense(1)] partial class M;", "LSTM021", "'Conv1D' takes at least 7 timesteps, but its input is a sequence of 5 timesteps")]
    [InlineData("[Input(2, 1), «MaxPooling1D(3)», Flatten, Dense(1)] partial class M;", "LSTM021", "'MaxPooling1D' takes at least 3 timesteps, but its input is a sequence of 2 timesteps")]
    [InlineData("[Input(20, 1), Dense(1), «Embedding(9, 4)», Lstm(3), Dense(1)] partial class M;", "LSTM021", "'Embedding' takes the model's own input, but its input is another layer's output")]
    [InlineData("[Input(20, 1), Masking, «Embedding(9, 4)», Lstm(3), Dense(1)] partial class M;", "LSTM021", "'Embedding' takes the model's own input, but its input is another layer's output")]
    [InlineData("[Input(20, 2), «Embedding(9, 4)», Lstm(3), Dense(1)] partial class M;", "LSTM021", "'Embedding' takes one number at each timestep, but its input is 2 features wide")]
    [InlineData("[Input(20, 1), «Lstm(20)», Conv1D(4, 3), Flatten, Dense(1)] partial class M;", "LSTM006", "'Lstm' gives only its last timestep, but 'Conv1D' after it needs a sequence: set ReturnSequences = true")]
    [InlineData("[Input(20, 1), Dropout(«1»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'rate' of [Dropout] cannot be 1: a rate of dropout is at least 0 and below 1")]
    [InlineData("[Input(20, 1), Lstm(20, «RecurrentDropout = -0.1»), Dense(1)] partial class M;", "LSTM017", "'RecurrentDropout' of [Lstm] cannot be -0.1: a rate of dropout is at least 0 and below 1")]
    [InlineData("[Input(20, 1), Masking(«MaskValue = double.NaN»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'MaskValue' of [Masking] cannot be NaN: values are finite 32-bit numbers")]
    [InlineData("[Input(20, 1), LayerNormalization(«Epsilon = 0»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'Epsilon' of [LayerNormalization] cannot be 0: what is added to a variance is above 0")]
    [InlineData("[Input(20, 1), Normalization(«Mean = [1]»), Lstm(20), Dense(1)] partial class M;", "LSTM012", "Mean without Variance contradicts a layer that is given both or learns both with Adapt")]
    [InlineData("[Input(20, 1), Normalization(«Variance = [1]»), Lstm(20), Dense(1)] partial class M;", "LSTM012", "Variance without Mean contradicts a layer that is given both or learns both with Adapt")]
    [InlineData("[Input(10, 2), Normalization(Mean = [1, 2], «Variance = [1]»), Lstm(20), Dense(1)] partial class M;", "LSTM012", "Variance with 1 number contradicts Mean with 2 numbers")]
    [InlineData("[Input(10, 2), Normalization(Mean = [1, 2], Variance = [1, 2], «PerFeature = false»), Lstm(20), Dense(1)] partial class M;", "LSTM012", "PerFeature = false contradicts Mean with 2 numbers")]
    [InlineData("[Input(10, 2), Normalization(«Mean = [1, 2, 3]», Variance = [1, 2, 3]), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'Mean' of [Normalization] cannot be 3 numbers: the input of 'Normalization' has 2 features; give each its number, or one for all")]
    [InlineData("[Input(20, 1), Normalization(«Mean = []», Variance = [1]), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'Mean' of [Normalization] cannot be an empty list: it has a number for each feature, or one for all")]
    [InlineData("[Input(20, 1), Normalization(«Mean = [double.NaN]», Variance = [1]), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'Mean' of [Normalization] cannot be NaN: values are finite 32-bit numbers")]
    [InlineData("[Input(20, 1), Normalization(Mean = [1], «Variance = [-1]»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'Variance' of [Normalization] cannot be -1: a variance is a finite 32-bit number of at least 0")]
    [InlineData("[Input(20, 1), Rescaling(«1e39»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'scale' of [Rescaling] cannot be 1E+39: values are finite 32-bit numbers")]
    [InlineData("[Input(20, 1), Rescaling(2, «offset: double.PositiveInfinity»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'offset' of [Rescaling] cannot be Infinity: values are finite 32-bit numbers")]
    [InlineData("[Input(20, 1), Normalization, «Gamma(Init.Ones)», Lstm(20), Dense(1)] partial class M;", "LSTM009", "[Gamma] refines a weight that 'Normalization' does not have: it has no weights")]
    [InlineData("[Input(20, 1), BatchNormalization(«Momentum = 1.5»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'Momentum' of [BatchNormalization] cannot be 1.5: a momentum is at least 0 and at most 1")]
    [InlineData("[Input(20, 1), Lstm(20), Activation(Activation.LeakyRelu, «NegativeSlope = -0.1»), Dense(1)] partial class M;", "LSTM017", "'NegativeSlope' of [Activation] cannot be -0.1: a slope is a finite 32-bit number of at least 0")]
    [InlineData("[Input(20, 1), Lstm(20), Activation(Activation.LeakyRelu, «NegativeSlope = double.NaN»), Dense(1)] partial class M;", "LSTM017", "'NegativeSlope' of [Activation] cannot be NaN: a slope is a finite 32-bit number of at least 0")]
    [InlineData("[Input(20, 1), Lstm(20), Activation(Activation.LeakyRelu, «NegativeSlope = 1e39»), Dense(1)] partial class M;", "LSTM017", "'NegativeSlope' of [Activation] cannot be 1E+39: a slope is a finite 32-bit number of at least 0")]
    [InlineData("[Input(20, 1), Lstm(20), Activation(Activation.Relu, «NegativeSlope = 0.2»), Dense(1)] partial class M;", "LSTM017", "'NegativeSlope' of [Activation] cannot be 0.2: it is the slope of Activation.LeakyRelu alone, and this is Activation.Relu")]
    [InlineData("[Input(20, 1), MaxPooling1D(«Padding = Padding.Causal»), Lstm(20), Dense(1)] partial class M;", "LSTM017", "'Padding' of [MaxPooling1D] cannot be Causal: pooling takes Padding.Valid or Padding.Same")]
    [InlineData("[Input(20, 1), Lstm(4), LayerNormalization, Beta(«Init.Orthogonal»), Dense(1)] partial class M;", "LSTM017", "'init' of [Beta] cannot be Orthogonal: a beta is no matrix")]
    [InlineData("[Input(20, 1), Conv1D(4, «0»), Lstm(20), Dense(1)] partial class M;", "LSTM003", "'kernelSize' of [Conv1D] is 0; it must be at least 1")]
    [InlineData("[Input(20, 1), Lstm(4), RepeatVector(«0»), Lstm(20), Dense(1)] partial class M;", "LSTM003", "'n' of [RepeatVector] is 0; it must be at least 1")]
    [InlineData("[Input(20, 1), Conv1D(4, 3, Strides = 2, «DilationRate = 2»), Lstm(20), Dense(1)] partial class M;", "LSTM012", "DilationRate contradicts Strides: one of them is 1")]
    [InlineData("[Input(20, 1), LayerNormalization(Scale = false), «Gamma(Init.Zeros)», Lstm(20), Dense(1)] partial class M;", "LSTM009", "[Gamma] refines a weight that 'LayerNormalization' does not have: its Scale is false")]
    [InlineData("[Input(20, 1), BatchNormalization, «Kernel(Init.Zeros)», Lstm(20), Dense(1)] partial class M;", "LSTM009", "[Kernel] refines a weight that 'BatchNormalization' does not have: it has no kernel")]
    [InlineData("[Input(20, 1), Embedding(9, 4), «Beta(Init.Zeros)», Lstm(20), Dense(1)] partial class M;", "LSTM009", "[Beta] refines a weight that 'Embedding' does not have: it does not normalise")]
    [InlineData("[Input(20, 1), Lstm(20), «Embeddings(Init.Zeros)», Dense(1)] partial class M;", "LSTM009", "[Embeddings] refines a weight that 'Lstm' does not have: it is no embedding")]
    [InlineData("[Input(20, 1), Masking, «Conv1D(4, 3)», Lstm(20), Dense(1)] partial class M;", "LSTM023", "'Conv1D' knows nothing of padding: the mask that 'Masking' makes ends there, and from there on padded timesteps count as others do")]
    [InlineData("[Input(20, 1), Masking, Lstm(3, ReturnSequences = true), «Flatten», Dense(1)] partial class M;", "LSTM023", "'Flatten' knows nothing of padding: the mask that 'Masking' makes ends there, and from there on padded timesteps count as others do")]
    [InlineData("[Input(20, 1), Masking, «MaxPooling1D», Lstm(20), Dense(1)] partial class M;", "LSTM023", "'MaxPooling1D' knows nothing of padding: the mask that 'Masking' makes ends there, and from there on padded timesteps count as others do")]
    [InlineData("[Input(20, 1), Masking, Lstm(3, ReturnSequences = true), «GlobalMaxPooling1D», Dense(1)] partial class M;", "LSTM023", "'GlobalMaxPooling1D' knows nothing of padding: the mask that 'Masking' makes ends there, and from there on padded timesteps count as others do")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1, «Activation = Activation.Softmax»)] partial class M;", "LSTM025", "Softmax over the one unit of 'Dense' gives 1 whatever it gets: use Sigmoid for one probability, or as many units as there are classes")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1, Name = \"Head\"), Activation(«Activation.LogSoftmax»)] partial class M;", "LSTM025", "LogSoftmax over the one unit of 'Activation' gives 0 whatever it gets: use LogSigmoid for one probability, or as many units as there are classes")]
    [InlineData("[Input(20, 1), Conv1D(1, 3, «Activation = Activation.Softmax»), Lstm(20), Dense(1)] partial class M;", "LSTM025", "Softmax over the one unit of 'Conv1D' gives 1 whatever it gets: use Sigmoid for one probability, or as many units as there are classes")]
    [InlineData("[Input(20, 1), Lstm(20, ReturnSequences = true), Dense(1, «Activation = Activation.Softmax»), Flatten, Dense(1)] partial class M;", "LSTM025", "Softmax over the one unit of 'Dense' gives 1 whatever it gets: use Sigmoid for one probability, or as many units as there are classes")]
    [InlineData("[«Masking», Lstm(20), Dense(1)] partial class M;", "LSTM002", "'M' has [Masking] but no [Input(timesteps, features)], which declares a model and the shape of its input")]
    public Task A_mistake_is_reported_where_it_was_made(string declaration, string id, string message, string? alsoReported = null) =>
        AssertReported(declaration + Use, id, message, alsoReported);

    [Theory]
    [InlineData("internal class «Outer» { [Input(20, 1), Lstm(20), Dense(1)] internal partial class M; }", "LSTM013", "'Outer' must be partial: it contains the model 'M', to which the generator adds members", "CS0260")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] static partial class «M»;", "LSTM014", "'M' is static; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] abstract partial class «M»;", "LSTM014", "'M' is abstract; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial class «M»<T>;", "LSTM014", "'M' is generic or nested in a generic type; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("partial class Outer<T> { [Input(20, 1), Lstm(20), Dense(1)] partial class «M»; }", "LSTM014", "'M' is generic or nested in a generic type; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] file partial class «M»;", "LSTM014", "'M' is local to its file; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial record «M»;", "LSTM014", "'M' is a record; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial record «M»(int Size);", "LSTM014", "'M' is a record; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial struct «M»;", "LSTM014", "'M' is no class; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial record struct «M»;", "LSTM014", "'M' is no class; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial interface «M»;", "LSTM014", "'M' is no class; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial class A; [Input(20, 1), Lstm(20), Dense(1)] partial class «M» : A;", "LSTM014", "'M' is derived from another model; a model must be a class that can be made with new, without type parameters", null)]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial class «M»(string name) { internal string Name => name; }", "LSTM019", "'M' has a primary constructor, but only the generated constructor 'M(int seed = 0)' makes the weights", null)]
    public Task A_type_that_cannot_be_a_model_is_reported_at_its_name(string declaration, string id, string message, string? alsoReported) =>
        AssertReported(declaration, id, message, alsoReported);

    [Theory]
    [InlineData("public const int «Timesteps» = 3;", "Timesteps")]
    [InlineData("private static int «Features»() => 3;", "Features")]
    [InlineData("public int «Outputs» { get; set; }", "Outputs")]
    [InlineData("public event System.Action? «ParameterCount»;", "ParameterCount", "CS0067")]
    [InlineData("public static string «Summary» => \"\";", "Summary")]
    [InlineData("public string «GetSummary»(int width) => \"\";", "GetSummary")]
    [InlineData("private sealed class «Shape»;", "Shape")]
    [InlineData("public static M «Create»(int seed) => new(seed);", "Create")]
    [InlineData("public static M «Load»(string path) => new();", "Load")]
    [InlineData("public void «Save»(string path) { }", "Save")]
    [InlineData("public int «Pipeline» => 3;", "Pipeline")]
    [InlineData("public int «Predict» => 3;", "Predict")]
    [InlineData("public float «Predict»(System.ReadOnlySpan<float> window) => 3;", "Predict")]
    [InlineData("public object? «Forecast»(TimeSeries series, int steps) => null;", "Forecast")]
    [InlineData("public class «Trainer»;", "Trainer")]
    [InlineData("private int «state»; public int Position { get => state; set => state = value; }", "state")]
    [InlineData("public struct «State»;", "State")]
    [InlineData("public float «Step»(ref State state, float x) => x;", "Step")]
    [InlineData("private static class «CompiledPlan»;", "CompiledPlan")]
    [InlineData("private static void «Mistake»() => Mistake();", "Mistake")]
    public Task A_member_that_clashes_is_reported_at_its_name(string member, string name, string? alsoReported = null) =>
        AssertReported(
            $"[Input(20, 1), Lstm(20), Dense(1)] partial class M {{ {member} }}", "LSTM010",
            $"The name '{name}' clashes with a member that every model has", alsoReported);

    [Theory]
    [InlineData("Timesteps")]
    [InlineData("ParameterCount")]
    [InlineData("Shape")]
    [InlineData("Summary")]
    [InlineData("GetSummary")]
    [InlineData("Create")]
    [InlineData("Load")]
    [InlineData("Save")]
    [InlineData("Pipeline")]
    [InlineData("Predict")]
    [InlineData("Forecast")]
    [InlineData("Trainer")]
    [InlineData("CompiledPlan")]
    [InlineData("Mistake")]
    [InlineData("ToString")]
    public Task A_class_of_a_members_name_is_reported(string name) => AssertReported(
        $"[Input(20, 1), Lstm(20), Dense(1)] partial class «{name}»;", "LSTM010",
        $"The name '{name}' clashes with a member that every model has", null);

    [Theory]
    [InlineData("[Input(20, 1), «Lstm(20)», Dense(1)] partial class M { internal const int LstmKernel = 1; }", "Lstm", "the class's own member 'LstmKernel': give the layer another name with Name")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1, «Name = \"Sum\"»)] partial class M { internal int Sum() => 1; }", "Sum", "the class's own member 'Sum': give the layer another name with Name")]
    [InlineData("[Input(20, 1), «Lstm(20)», Dense(1)] partial class LstmKernel;", "Lstm", "the class's own name: give the layer another with Name")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial class «M» : Base; class Base { internal static string Summary => \"\"; }", "Summary", "a member that every model has; it is inherited from 'Base'")]
    public Task A_name_that_clashes_with_the_classs_own_is_reported(string declaration, string name, string with) =>
        AssertReported(declaration, "LSTM010", $"The name '{name}' clashes with {with}", null);

    [Theory]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial class M { public required string «Station» { get; set; } }", "LSTM026", "Station")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1)] partial class M { public required int «Station»; public int Other; }", "LSTM026", "Station", "CS0649")]
    [InlineData("class Base { public required int Size { get; init; } } [Input(20, 1), Lstm(20), Dense(1)] partial class «M» : Base;", "LSTM026", "Size")]
    public Task A_required_member_is_reported_at_its_name(string declaration, string id, string name, string? alsoReported = null) => AssertReported(
        declaration + Use, id,
        $"'{name}' is required, but 'M' is also made by Create and Load, which do not know it: leave out 'required' and give it a default",
        alsoReported);

    [Fact]
    public Task A_required_member_that_a_constructor_sets_is_reported_too() => AssertReported(
        """
        [Input(20, 1), Lstm(20), Dense(1)] partial class M
        {
            [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] internal M(string station) : this(seed: 1) => Station = station;
            internal required string «Station» { get; set; }
        }
        """,
        "LSTM026", "'Station' is required, but 'M' is also made by Create and Load, which do not know it: leave out 'required' and give it a default", null);

    [Fact]
    public async Task Members_that_stand_beside_the_generated_ones_are_left_alone()
    {
        var compilation = Compiler.Compile(
            """
            using LstmDsl;

            internal abstract class Base { private static int Summary => 1; internal virtual void Save(int copies) => _ = Summary + copies; }

            [Input(20, 1), Lstm(20), Dense(1)]
            internal partial class M : Base
            {
                internal M(string name) : this(seed: name.Length) { }
                static M() { }
                internal void Save(System.IO.Stream stream) { }
                internal float Predict(string text) => Predict(new float[20]) + text.Length;
                public override string ToString() => "M";
            }
            """);
        Assert.Empty(await Compiler.AnalyzeAsync(compilation));
        Assert.Empty(Compiler.Complaints(compilation));
    }

    [Fact]
    public Task An_older_language_is_reported_and_nothing_is_generated() => AssertReported(
        "[Input(20, 1), Lstm(20), Dense(1)] partial class «M» { }", "LSTM015",
        "'M' needs C# 13 or later, in which its generated code is written", null, LanguageVersion.CSharp12);

    [Fact]
    public Task A_refinement_on_a_class_that_is_no_model_is_all_that_is_reported() =>
        AssertReported("[«Bias(Init.Zeros)»] static class Other;", "LSTM008", "[Bias] has no layer before it whose weight it could refine", null);

    [Fact]
    public async Task Every_mistake_of_a_declaration_is_reported()
    {
        var found = await Compiler.AnalyzeAsync(Compiler.Compile(
            "using LstmDsl; [Input(0, 1), Lstm(0), Lstm(4, Name = \"1\"), Bias(Init.Zeros, Value = 1), Dense(-1)] partial class M;"));
        Assert.Equal(["LSTM003", "LSTM006", "LSTM003", "LSTM011", "LSTM012", "LSTM003"], found.Select(diagnostic => diagnostic.Id));
    }

    /// <summary>What makes the compiler report errors in declarations, for which a command-line build ends before any analyzer speaks.</summary>
    [Theory]
    [InlineData("[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] class Silent;", "LSTM001")]
    [InlineData("class Silent { [LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] partial class Inner; }", "LSTM013")]
    [InlineData("[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] static partial class Silent; class Silenced { Silent.Trainer? trainer = null; }", "LSTM014")]
    [InlineData("[LstmDsl.Input(20, 1), LstmDsl.Lstm(20, Activation = LstmDsl.Activation.Reul), LstmDsl.Dense(1)] partial class Silent;")]
    [InlineData("[LstmDsl.Input(20, 1), LstmDsl.Lstm(20, Dropuot = 0.1), LstmDsl.Dense(1)] partial class Silent;")]
    [InlineData("[LstmDsl.Input(20, 1), LstmDsl.Lstm(), LstmDsl.Dense(1)] partial class Silent;")]
    [InlineData("[LstmDsl.Input(20, 1), LstmDsl.Lsmt(20), LstmDsl.Dense(1)] partial class Silent;")]
    public async Task What_keeps_analyzers_silent_lets_the_generator_report_every_models_mistakes_each_once(string silent, params string[] ids)
    {
        string[] sources =
        [
            silent,
            "[LstmDsl.Input(20, 1), LstmDsl.Lstm(0), LstmDsl.Dense(1)] partial class First;",
            "namespace A { class B { [LstmDsl.Kernel] class Second; } }",
            "[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1, Activation = LstmDsl.Activation.Softmax)] partial class Third;",
        ];
        string[] errors = ["LSTM003", "LSTM008"];
        var compilation = Compiler.Compile(sources);
        var generated = Assert.Single(Compiler.Driver().RunGenerators(compilation).GetRunResult().Results).Diagnostics;
        Assert.Equal(ids.Concat(errors).Order(), generated.Select(diagnostic => diagnostic.Id).Order());

        // A warning waits until the build gets that far: only in the analyzer's hands can it be switched off in the source.
        Assert.Equal(ids.Concat(errors).Append("LSTM025").Order(), (await Compiler.AnalyzeAsync(compilation)).Select(diagnostic => diagnostic.Id).Order());

        var mended = Compiler.Compile(sources[1..]);
        Assert.Empty(Assert.Single(Compiler.Driver().RunGenerators(mended).GetRunResult().Results).Diagnostics);
        Assert.Equal([.. errors, "LSTM025"], (await Compiler.AnalyzeAsync(mended)).Select(diagnostic => diagnostic.Id).Order());
    }

    [Fact]
    public async Task A_right_declaration_and_classes_that_are_none_of_ours_are_left_alone() => Assert.Empty(
        await Compiler.AnalyzeAsync(Compiler.Compile(
            "[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] partial class M;",
            "namespace Other { [System.AttributeUsage(System.AttributeTargets.Class)] class LstmAttribute : System.Attribute; [Lstm] class Plain; }")));

    [Fact]
    public async Task An_argument_that_does_not_compile_is_the_compilers_to_report()
    {
        var compilation = Compiler.Compile("[LstmDsl.Input(Missing, 1), LstmDsl.Lstm(), LstmDsl.Dense(\"1\")] partial class M;");
        Assert.Empty(await Compiler.AnalyzeAsync(compilation));
        Assert.Equal(["CS0103", "CS1503", "CS7036"], Compiler.Complaints(compilation).Select(diagnostic => diagnostic.Id).Order());
    }

    internal static async Task AssertReported(
        string marked, string id, string message, string? alsoReported, LanguageVersion version = LanguageVersion.CSharp13)
    {
        const string Prologue = "using LstmDsl;\n";
        var source = Prologue + marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        var start = Prologue.Length + marked.IndexOf('«', StringComparison.Ordinal);
        var end = Prologue.Length + marked.IndexOf('»', StringComparison.Ordinal) - 1;
        var compilation = Compiler.Compile([source], version);

        var reported = await Compiler.AnalyzeAsync(compilation);
        var diagnostic = Assert.Single(reported, diagnostic => diagnostic.Id != alsoReported);
        Assert.Equal((id, message), (diagnostic.Id, diagnostic.GetMessage()));
        Assert.Equal(source[start..end], source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal(start, diagnostic.Location.SourceSpan.Start);
        Assert.Equal(Descriptors.ById[id].DefaultSeverity, diagnostic.Severity);

        var complaints = Compiler.Complaints(compilation).Where(complaint => complaint.Id != alsoReported).ToArray();
        Assert.True(complaints.Length == 0, string.Join("\n", complaints.Select(complaint => complaint.ToString())));
    }
}
