using System.Text;

namespace LstmDsl.Tests;

/// <summary>
/// What the public surface says of wrong files and series, all in one text, to be judged in one sitting. After a change of a text look at
/// <c>MessageTests.Every_message_about_files_and_series.received.txt</c>, and rename it over the verified one if it is right.
/// </summary>
public sealed class MessageTests
{
    [Fact]
    public void Every_message_about_files_and_series()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder();
        text.AppendMessages(folder, "Series", SeriesMessages.Of(folder));
        text.AppendMessages(folder, "Windows and what a model takes", WindowMessages.Of());
        text.AppendMessages(folder, "Pipelines", PipelineMessages.Of(folder));
        text.AppendMessages(folder, "Callbacks' files and runs that go on", CallbackMessages.Of(folder));
        text.AppendMessages(folder, "Safetensors", SafetensorsMessages.Of(folder));
        text.AppendMessages(folder, "Keras's files", KerasMessages.Of(folder));
        text.AppendMessages(folder, "Keras's configurations", KerasConfigurationMessages.Of(folder));
        text.AppendMessages(folder, "HDF5 objects", Hdf5Messages.Of());
        text.AppendMessages(folder, "HDF5 trees, heaps and tables", Hdf5IndexMessages.Of());
        text.AppendMessages(folder, "PyTorch's state dicts", TorchMessages.Of(folder));
        text.RequireExpected();
        Snapshot.Verify(text.ToString(), "txt");
    }
}
