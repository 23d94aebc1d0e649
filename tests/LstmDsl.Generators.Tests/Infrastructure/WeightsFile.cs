using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LstmDsl.Generators.Tests;

/// <summary>The header of a file of weights, as the package's targets hand it to the compiler.</summary>
/// <param name="model">The model that it is for.</param>
/// <param name="header">The header.</param>
internal sealed class WeightsFile(string model, string header) : AdditionalText
{
    public const string Lstm20 =
        """
        {"lstm.kernel":{"dtype":"F32","shape":[1,80],"data_offsets":[0,320]},
         "lstm.recurrent_kernel":{"dtype":"F32","shape":[20, 80],"data_offsets":[320,6720]},
         "lstm.bias":{"dtype":"F32","shape":[80],"data_offsets":[6720,7040]},
         "dense.kernel":{"dtype":"F32","shape":[20,1],"data_offsets":[7040,7120]},
         "dense.bias":{"dtype":"F32","shape":[1],"data_offsets":[7120,7124]},"__metadata__":{"lstmdsl":"{}"}}
        """;

    public override string Path => "obj/header.json";

    /// <summary>What tells the compiler about it.</summary>
    public AnalyzerConfigOptionsProvider Options => new Provider(new Metadata(model));

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(header);

    private sealed class Provider(AnalyzerConfigOptions own) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Metadata(null);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => own;
    }

    private sealed class Metadata(string? model) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = model is null ? null : key switch
            {
                "build_metadata.AdditionalFiles.LstmDslModel" => model,
                "build_metadata.AdditionalFiles.LstmDslWeights" => "model.safetensors",
                _ => null,
            };
            return value is not null;
        }
    }
}
