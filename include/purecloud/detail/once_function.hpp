// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A function object that can be moved, not copied, and is called once. A function no larger than
/// three pointers is stored without an allocation.
template <class... Args>
class OnceFunction {
 public:
  OnceFunction() noexcept = default;

  template <class F, std::enable_if_t<!std::is_same_v<std::decay_t<F>, OnceFunction> &&
                                          std::is_invocable_v<std::decay_t<F>&, Args...>,
                                      int> = 0>
  OnceFunction(F&& function) {
    using Stored = std::decay_t<F>;
    if constexpr (fits<Stored>) {
      ::new (static_cast<void*>(memory_)) Stored(std::forward<F>(function));
      actions_ = &in_place<Stored>;
    } else {
      ::new (static_cast<void*>(memory_)) Stored*(new Stored(std::forward<F>(function)));
      actions_ = &allocated<Stored>;
    }
  }
  OnceFunction(OnceFunction&& other) noexcept : actions_(std::exchange(other.actions_, nullptr)) {
    if (actions_) actions_->relocate(other.memory_, memory_);
  }
  OnceFunction& operator=(OnceFunction&& other) noexcept {
    if (this == &other) return *this;
    this->~OnceFunction();
    return *::new (static_cast<void*>(this)) OnceFunction(std::move(other));
  }
  ~OnceFunction() {
    if (actions_) actions_->destroy(memory_);
  }

  explicit operator bool() const noexcept { return actions_ != nullptr; }

  /// Calls the function, and then destroys it on this thread.
  void operator()(Args... args) {
    OnceFunction called = std::move(*this);
    called.actions_->call(called.memory_, std::forward<Args>(args)...);
  }

 private:
  struct Actions {
    void (*call)(void* memory, Args... args);
    void (*relocate)(void* from, void* to) noexcept;
    void (*destroy)(void* memory) noexcept;
  };

  static constexpr std::size_t size = 3 * sizeof(void*);
  template <class F>
  static constexpr bool fits =
      sizeof(F) <= size &&
      alignof(F) <= alignof(std::max_align_t) && std::is_nothrow_move_constructible_v<F>;

  template <class F>
  static constexpr Actions in_place = {
      [](void* memory, Args... args) { (*static_cast<F*>(memory))(std::forward<Args>(args)...); },
      [](void* from, void* to) noexcept {
        ::new (to) F(std::move(*static_cast<F*>(from)));
        static_cast<F*>(from)->~F();
      },
      [](void* memory) noexcept { static_cast<F*>(memory)->~F(); }};
  template <class F>
  static constexpr Actions allocated = {
      [](void* memory, Args... args) { (**static_cast<F**>(memory))(std::forward<Args>(args)...); },
      [](void* from, void* to) noexcept { ::new (to) F*(*static_cast<F**>(from)); },
      [](void* memory) noexcept { delete *static_cast<F**>(memory); }};

  const Actions* actions_ = nullptr;
  alignas(std::max_align_t) unsigned char memory_[size];
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
