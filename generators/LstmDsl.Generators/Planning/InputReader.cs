namespace LstmDsl.Generators;

/// <summary>Reads a model's inputs: their shapes and names, and the size of every batch.</summary>
internal sealed class InputReader(ModelDeclaration declaration, LayerNames names, List<Fault> faults)
{
    /// <summary>Keras's name of an input that has none.</summary>
    private const string UsualFileName = "input_layer";

    /// <summary>The inputs so far.</summary>
    public List<InputSlot> Found { get; } = [];

    /// <summary>Samples of every batch; 0 for any number.</summary>
    public int BatchSize { get; private set; }

    /// <summary>Whether the model has several.</summary>
    public bool AreSeveral => declaration.Attributes.Count(attribute => attribute.Kind == AttributeKind.Input) > 1;

    /// <summary>Reads the input whose attribute has this index.</summary>
    public InputSlot Read(int index)
    {
        var attribute = declaration.Attributes[index];
        var timesteps = AttributeRules.Size(declaration, index, "timesteps", faults);
        var features = AttributeRules.Size(declaration, index, "features", faults);
        if (attribute.Find("BatchSize") is not null)
            ReadBatchSize(index);

        var isNamed = AreSeveral || attribute.Text("Name") is not null;
        var (name, file) = isNamed ? names.Next(AttributeKind.Input, attribute, index, faults) : (null, UsualFileName);
        var slot = new InputSlot(name, file, timesteps, features);
        Found.Add(slot);
        return slot;
    }

    /// <summary>Finds that of several inputs one has no name.</summary>
    public void CheckNames()
    {
        var nameless = Enumerable.Range(0, declaration.Attributes.Count).LastOrDefault(index =>
            declaration.Attributes[index] is { Kind: AttributeKind.Input } input && input.Text("Name") is null);
        if (AreSeveral && faults.Count == 0 && declaration.Attributes[nameless] is { Kind: AttributeKind.Input } found && found.Text("Name") is null)
            faults.Add(Fault.OfAttribute(Descriptors.InputNameless.Id, nameless, null, declaration.Type.Name));
    }

    private void ReadBatchSize(int index)
    {
        var size = AttributeRules.Size(declaration, index, "BatchSize", faults);
        if (BatchSize > 0 && BatchSize != size)
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.Contradiction.Id, index, "BatchSize", $"BatchSize = {Text.Plain(size)}",
                $"BatchSize = {Text.Plain(BatchSize)} of the input before it: a batch has as many samples of each"));
        }

        BatchSize = size;
    }
}
