// RTNeural, a header library for real-time inference: one window through an LSTM, and streaming steps. One thread.
// With RTNeural's sources in $RTNEURAL and Eigen 3 in $EIGEN (the folder that holds Eigen/):
//
//   g++ -std=c++17 -O3 -march=native -DRTNEURAL_USE_EIGEN=1 -DRTNEURAL_DEFAULT_ALIGNMENT=32 \
//       -I$RTNEURAL -I$RTNEURAL/modules/json -I$EIGEN rtneural_peer.cpp -o rtneural_peer
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <RTNeural/RTNeural.h>

namespace
{
constexpr double shortestRound = 0.1; // seconds; shorter work is repeated
constexpr int timesteps = 20;
volatile float sink; // results go here, so that no compiler leaves the work out

std::vector<std::vector<float>> weights(int rows, int columns)
{
    static std::mt19937 random(1);
    std::uniform_real_distribution<float> spread(-0.1f, 0.1f);
    std::vector<std::vector<float>> result(rows, std::vector<float>(columns));
    for (auto& row : result)
        for (auto& value : row)
            value = spread(random);
    return result;
}

template <int units>
struct Network
{
    RTNeural::LSTMLayerT<float, 1, units> lstm;
    RTNeural::DenseT<float, units, 1> dense;

    Network()
    {
        lstm.setWVals(weights(1, 4 * units));
        lstm.setUVals(weights(units, 4 * units));
        lstm.setBVals(weights(1, 4 * units)[0]);
        dense.setWeights(weights(1, units));
        const float bias = 0.1f;
        dense.setBias(&bias);
        lstm.reset();
    }

    void step(float x) { lstm.forward(Eigen::Matrix<float, 1, 1>(x)); }

    float output()
    {
        dense.forward(lstm.outs);
        return dense.outs(0);
    }
};

using Work = std::function<void(long)>;

float input(long t) { return 0.1f * static_cast<float>(t % 7); }

template <int units>
Work stream()
{
    auto network = std::make_shared<Network<units>>();
    return [network](long count) {
        float sum = 0;
        for (long i = 0; i < count; i++)
        {
            network->step(input(i));
            sum += network->output();
        }
        sink = sum;
    };
}

template <int units>
Work window(bool sequence)
{
    auto network = std::make_shared<Network<units>>();
    return [network, sequence](long count) {
        float sum = 0;
        for (long i = 0; i < count; i++)
        {
            network->lstm.reset();
            for (int t = 0; t < timesteps; t++)
            {
                network->step(input(t));
                if (sequence || t == timesteps - 1)
                    sum += network->output();
            }
        }
        sink = sum;
    };
}

double timed(const Work& work, long count)
{
    const auto begun = std::chrono::steady_clock::now();
    work(count);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

// Doubles until a round is long enough by the median of three.
long repetitions(const Work& work)
{
    for (long count = 1;; count *= 2)
    {
        const double a = timed(work, count), b = timed(work, count), c = timed(work, count);
        if (std::max(std::min(a, b), std::min(std::max(a, b), c)) >= shortestRound)
            return count;
    }
}
} // namespace

int main()
{
    const std::map<std::string, std::function<Work()>> rows {
        { "lstm40-window", [] { return window<40>(false); } },
        { "lstm40-sequence-window", [] { return window<40>(true); } },
        { "lstm20-stream", [] { return stream<20>(); } },
        { "lstm40-stream", [] { return stream<40>(); } },
        { "lstm64-stream", [] { return stream<64>(); } },
    };

    std::string names;
    for (const auto& row : rows)
        names += (names.empty() ? "\"" : ", \"") + row.first + "\"";
    std::cout << "{\"peer\": \"RTNeural\", \"version\": \"(Eigen)\", \"rows\": [" << names << "]}" << std::endl;

    std::string prepared, name;
    Work work;
    long count = 1;
    while (std::getline(std::cin, name))
    {
        if (name != prepared)
        {
            work = rows.at(name)();
            count = repetitions(work);
            prepared = name;
        }
        std::printf("{\"seconds\": %.9g}\n", timed(work, count) / static_cast<double>(count));
        std::fflush(stdout);
    }
}
