using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Benchmarks;

/// <summary>A model's program on one block of samples, as a training session runs it on one thread, pass by pass.</summary>
internal abstract class ModelBlock
{
    /// <summary>
    /// A block of a model, of as many samples as training cuts a batch into, for the vectors that the library would choose.
    /// </summary>
    public static ModelBlock Of<TModel>(int batch) where TModel : class, IRecurrentModel<TModel> => CpuVectorWidth.Bits switch
    {
        512 => new ModelBlock<TModel, CpuBackend<Lanes512>>(batch),
        256 => new ModelBlock<TModel, CpuBackend<Lanes256>>(batch),
        _ => new ModelBlock<TModel, CpuBackend<Lanes128>>(batch),
    };

    /// <summary>The forward pass of a prediction.</summary>
    public abstract void Infer();

    /// <summary>The forward pass of a training step.</summary>
    public abstract void Forward();

    /// <summary>The backward pass, after a copy of the activations, which it overwrites.</summary>
    public abstract void Backward();

    /// <summary>The gradients of the weights.</summary>
    public abstract void Gradients();

    /// <summary>Packing the weights, which follows every update.</summary>
    public abstract void Pack();
}

/// <inheritdoc/>
internal sealed unsafe class ModelBlock<TModel, TBackend> : ModelBlock
    where TModel : class, IRecurrentModel<TModel>
    where TBackend : struct, IHostBackend<TBackend, float>
{
    private readonly ModelPlan plan = TModel.Plan;
    private readonly int samples;
    private readonly AlignedBlock<float> parameters;
    private readonly AlignedBlock<float> gradients;
    private readonly AlignedBlock<float> inference;
    private readonly AlignedBlock<float> training;
    private readonly float[] afterForward;
    private readonly PackedWeights packed;

    public ModelBlock(int batch)
    {
        samples = BatchCut.For(plan, batch).BlockSamples;
        parameters = TModel.Create(seed: 1).State.Parameters;
        gradients = new(plan.ParameterFloats);
        inference = new(plan.Inference.Floats * samples);
        training = new(plan.Training.Floats * samples);
        packed = new(plan.Tensors, transposes: true);
        Spread.Fill(inference.Span);
        Spread.Fill(training.Span);
        Pack();
        Forward();
        afterForward = training.Span.ToArray();
        Backward();
    }

    public override void Infer()
    {
        var backend = Backend(inference);
        TModel.Infer(ref backend, samples);
    }

    public override void Forward()
    {
        var backend = Backend(training);
        TModel.Forward(ref backend, samples);
    }

    public override void Backward()
    {
        afterForward.CopyTo(training.Span);
        var backend = Backend(training);
        TModel.Backward(ref backend, samples, inputGradient: false);
    }

    public override void Gradients()
    {
        var backend = Backend(training);
        TModel.Gradients(ref backend, samples);
    }

    public override void Pack()
    {
        for (var index = 0; index < packed.Count; index++)
            TBackend.Pack(packed, parameters.Pointer, index);
    }

    private TBackend Backend(AlignedBlock<float> activations) => TBackend.Over(new HostBlocks<float>
    {
        Parameters = parameters.Pointer,
        Gradients = gradients.Pointer,
        Activations = activations.Pointer,
        Packed = packed,
        ParameterFloats = plan.ParameterFloats,
        Shares = 1,
    });
}
