using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>What the generator emits for a model beside its public surface: its plan, and its program, generic over the backend.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IModelProgram<TSelf> where TSelf : class, IModelProgram<TSelf>
{
    /// <summary>The plan.</summary>
    static abstract ModelPlan Plan { get; }

    /// <summary>The model's weights and what travels with them.</summary>
    ModelState<TSelf> State { get; }

    /// <summary>The forward pass of a prediction over a block of samples, in the inference plan's block.</summary>
    static abstract void Infer<TBackend>(ref TBackend backend, int samples) where TBackend : struct, IBackend;

    /// <summary>
    /// One timestep of a stream, in the streaming plan's block, whose states go on from what they are; only where the plan has one.
    /// </summary>
    static virtual void Step<TBackend>(ref TBackend backend) where TBackend : struct, IBackend =>
        throw new NotSupportedException("The layers of this model do not allow streams.");

    /// <summary>The forward pass of a training step, which keeps what the backward pass needs.</summary>
    static abstract void Forward<TBackend>(ref TBackend backend, int samples) where TBackend : struct, IBackend;

    /// <summary>The backward pass, from the gradient of the output to those of all pre-activations and, if asked for, of the input.</summary>
    static abstract void Backward<TBackend>(ref TBackend backend, int samples, bool inputGradient) where TBackend : struct, IBackend;

    /// <summary>Adds the gradients of the weights over a block whose backward pass has run.</summary>
    static abstract void Gradients<TBackend>(ref TBackend backend, int samples) where TBackend : struct, IBackend;
}
